"""Texts, consents and amendments: written on the site only, so that what was signed stays what was signed."""

from django.contrib import admin

from maillage.domain.agreements.models import (
    AgreementTerms,
    AgreementText,
    Amendment,
    Annex,
    Consent,
    ConsentInvitation,
    ConsentRefusal,
    PromiseChange,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


@admin.register(AgreementTerms)
class AgreementTermsTable(ReadOnlyTable):
    """Terms of agreements."""

    list_display = ("agreement", "template", "giver", "opened_at")
    list_filter = ("template",)
    list_select_related = ("agreement", "giver")
    search_fields = ("agreement__title",)


@admin.register(AgreementText)
class AgreementTextTable(ReadOnlyTable):
    """Texts sent to be signed."""

    list_display = ("agreement", "amendment", "number", "written_at", "digest")
    list_select_related = ("agreement", "amendment")
    search_fields = ("agreement__title", "digest")


@admin.register(Consent)
class ConsentTable(ReadOnlyTable):
    """Who said yes to which text."""

    list_display = ("agreement", "organisation", "signer", "way", "at")
    list_filter = ("way",)
    list_select_related = ("agreement", "organisation")
    search_fields = ("agreement__title", "organisation__folded")


@admin.register(Annex)
class AnnexTable(ReadOnlyTable):
    """Annexes."""

    list_display = ("agreement", "title", "file", "added_at")
    list_select_related = ("agreement", "file")
    search_fields = ("agreement__title", "title")


@admin.register(ConsentInvitation)
class ConsentInvitationTable(ReadOnlyTable):
    """Letters that ask for a signature."""

    list_display = ("agreement", "organisation", "email", "sent_at", "used_at")
    list_select_related = ("agreement", "organisation")
    search_fields = ("agreement__title", "email")


@admin.register(ConsentRefusal)
class ConsentRefusalTable(ReadOnlyTable):
    """Who does not sign which text."""

    list_display = ("agreement", "organisation", "reason", "said_by", "at")
    list_filter = ("reason",)
    list_select_related = ("agreement", "organisation")
    search_fields = ("agreement__title", "organisation__folded")


@admin.register(Amendment)
class AmendmentTable(ReadOnlyTable):
    """Amendments."""

    list_display = ("agreement", "number", "state", "starts_on")
    list_filter = ("state",)
    list_select_related = ("agreement",)
    search_fields = ("agreement__title",)


@admin.register(PromiseChange)
class PromiseChangeTable(ReadOnlyTable):
    """What amendments do to promises."""

    list_display = ("amendment", "kind", "provider", "receiver", "resource_type")
    list_filter = ("kind",)
    list_select_related = ("amendment", "provider", "receiver", "resource_type")
    search_fields = ("amendment__agreement__title", "provider__folded", "receiver__folded")
