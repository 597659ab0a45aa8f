"""Actors: organisations, people, poles, accounts."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.http import HttpRequest

from maillage.domain.actors.models import (
    AccessRequest,
    Account,
    College,
    DuplicateDismissal,
    Mandate,
    Membership,
    Organisation,
    OrganisationMerge,
    Partner,
    Person,
    Pole,
    PoleSponsor,
    PoleStatus,
    SignInLink,
    Site,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable, Rows, Table

if TYPE_CHECKING:  # Django's own classes take no parameter when they run
    _UserAdmin = UserAdmin[Account]
    _BaseUserCreationForm = BaseUserCreationForm[Account]
else:
    _UserAdmin = UserAdmin
    _BaseUserCreationForm = BaseUserCreationForm


class SiteRows(Rows):
    """Sites of an organisation."""

    model = Site


class SponsorRows(Rows):
    """Who carried the pole."""

    model = PoleSponsor


class StatusRows(Rows):
    """What the pole was."""

    model = PoleStatus


class CollegeRows(Rows):
    """Colleges of the pole."""

    model = College


class MandateRows(Rows):
    """Mandates of a person."""

    model = Mandate


@admin.register(Organisation)
class OrganisationTable(Table):
    """Organisations; sheets are reunited on the site, where nothing is lost."""

    list_display = ("name", "family", "legal_form", "siren", "merged_into")
    list_filter = ("family", "legal_form", "inclusion_type", "is_fictional")
    list_select_related = ("merged_into",)
    search_fields = ("folded", "name", "short_name", "siren")
    readonly_fields = ("merged_into",)
    inlines = (SiteRows,)


@admin.register(Site)
class SiteTable(Table):
    """Sites."""

    list_display = ("organisation", "name", "municipality", "siret", "is_head")
    list_filter = ("is_head",)
    list_select_related = ("organisation", "municipality")
    search_fields = ("organisation__folded", "name", "siret", "municipality__folded")


@admin.register(OrganisationMerge)
class OrganisationMergeTable(ReadOnlyTable):
    """Records of reunited sheets."""

    list_display = ("at", "kept", "absorbed", "by")
    list_select_related = ("kept", "absorbed", "by")
    search_fields = ("kept__folded", "absorbed__folded")


@admin.register(DuplicateDismissal)
class DuplicateDismissalTable(Table):
    """Look-alikes said different."""

    list_display = ("first", "second", "at", "by")
    list_select_related = ("first", "second", "by")
    search_fields = ("first__folded", "second__folded")


@admin.register(Person)
class PersonTable(Table):
    """People."""

    list_display = ("family_name", "given_name", "email", "phone")
    search_fields = ("folded", "given_name", "family_name", "email")
    inlines = (MandateRows,)


@admin.register(Mandate)
class MandateTable(Table):
    """Mandates."""

    list_display = ("person", "role", "pole", "organisation", "since", "until")
    list_filter = ("role", "pole")
    list_select_related = ("person", "pole", "organisation")
    search_fields = ("person__folded", "organisation__folded")


@admin.register(Pole)
class PoleTable(Table):
    """Poles."""

    list_display = ("name", "slug", "territory", "is_demonstration")
    list_select_related = ("territory",)
    search_fields = ("name", "slug")
    inlines = (SponsorRows, StatusRows, CollegeRows)


@admin.register(PoleSponsor)
class PoleSponsorTable(Table):
    """Sponsors of poles."""

    list_display = ("pole", "organisation", "since", "until")
    list_select_related = ("pole", "organisation")
    search_fields = ("pole__name", "organisation__folded")


@admin.register(PoleStatus)
class PoleStatusTable(Table):
    """Statuses of poles."""

    list_display = ("pole", "status", "since", "source")
    list_filter = ("status",)
    list_select_related = ("pole",)
    search_fields = ("pole__name",)


@admin.register(College)
class CollegeTable(Table):
    """Colleges."""

    list_display = ("name", "pole", "weight", "rank")
    list_filter = ("pole",)
    list_select_related = ("pole",)
    search_fields = ("name",)


@admin.register(Membership)
class MembershipTable(Table):
    """Memberships."""

    list_display = ("organisation", "pole", "college", "since", "until")
    list_filter = ("pole", "college")
    list_select_related = ("organisation", "pole", "college")
    search_fields = ("organisation__folded",)


@admin.register(Partner)
class PartnerTable(Table):
    """Partners."""

    list_display = ("organisation", "pole", "kind", "since", "until")
    list_filter = ("pole", "kind")
    list_select_related = ("organisation", "pole")
    search_fields = ("organisation__folded",)


@admin.register(AccessRequest)
class AccessRequestTable(ReadOnlyTable):
    """Requests for an access; they are answered on the site."""

    list_display = ("asked_at", "given_name", "family_name", "pole", "state", "answered_by")
    list_filter = ("state", "pole")
    list_select_related = ("pole", "answered_by")
    search_fields = ("family_name", "email", "organisation_name")


@admin.register(SignInLink)
class SignInLinkTable(ReadOnlyTable):
    """Links sent by e-mail; their secret is not here."""

    list_display = ("made_at", "account", "purpose", "expires_at", "used_at")
    list_filter = ("purpose",)
    list_select_related = ("account",)
    search_fields = ("account__email",)
    exclude = ("digest",)


class NewAccountForm(_BaseUserCreationForm):
    """Asks for the e-mail and the password of a new account."""

    class Meta:
        model = Account
        fields = ("email",)
        field_classes: dict[str, type] = {}


@admin.register(Account)
class AccountTable(_UserAdmin):
    """Accounts; what they may do on the pages comes from mandates, not from here."""

    list_display = ("email", "person", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    list_select_related = ("person",)
    search_fields = ("email", "person__folded")
    ordering = ("email",)
    add_form = NewAccountForm
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "password", "person")}),
        (
            "Accès au support",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("Dates", {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "password1", "password2")}),)

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Search among people."""
        return ("person",)
