"""Needs and offers; their state changes on the site, where its history is kept."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.models import (
    Disclosure,
    Evidence,
    Intent,
    IntentMerge,
    StateChange,
    Support,
    TwinDismissal,
)
from maillage.domain.exchanges.promised import keeping_promises
from maillage.interfaces.backoffice.admin.base import ReadOnlyRows, ReadOnlyTable, Rows, Table


class EvidenceRows(Rows):
    """Who said it."""

    model = Evidence


class SupportRows(Rows):
    """Who shares it."""

    model = Support


class StateChangeRows(ReadOnlyRows):
    """History of the state."""

    model = StateChange


class DisclosureRows(ReadOnlyRows):
    """To whom it was shown whole, because both sides said yes."""

    model = Disclosure


@admin.register(Intent)
class IntentTable(Table):
    """Needs and offers."""

    list_display = ("title", "kind", "state", "pole", "author", "resource_type", "visibility", "confirmed_on")
    list_filter = ("kind", "state", "visibility", "pole")
    list_select_related = ("pole", "author", "resource_type")
    search_fields = ("folded", "title", "author__folded")
    readonly_fields = ("state", "created_by")
    inlines = (EvidenceRows, SupportRows, DisclosureRows, StateChangeRows)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say in French what a promise forbids, instead of failing; the row stays as it was."""
        try:
            with keeping_promises():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except UserMistake as mistake:
            self.message_user(request, mistake.message, messages.ERROR)
            return redirect(request.get_full_path())


@admin.register(Evidence)
class EvidenceTable(Table):
    """Evidence."""

    list_display = ("intent", "said_by", "channel", "on", "people_concerned")
    list_filter = ("channel",)
    list_select_related = ("intent",)
    search_fields = ("intent__folded", "said_by")


@admin.register(Support)
class SupportTable(Table):
    """Supports."""

    list_display = ("intent", "organisation", "on", "people_concerned")
    list_select_related = ("intent", "organisation")
    search_fields = ("intent__folded", "organisation__folded")


@admin.register(StateChange)
class StateChangeTable(ReadOnlyTable):
    """Changes of state."""

    list_display = ("intent", "starts", "ends", "at", "by", "reason")
    list_filter = ("ends",)
    list_select_related = ("intent", "by")
    search_fields = ("intent__folded",)


@admin.register(Disclosure)
class DisclosureTable(ReadOnlyTable):
    """What was shown whole, to whom, when."""

    list_display = ("intent", "organisation", "at")
    list_select_related = ("intent", "organisation")
    search_fields = ("intent__folded", "organisation__folded")


@admin.register(IntentMerge)
class IntentMergeTable(ReadOnlyTable):
    """Needs that became one."""

    list_display = ("kept", "absorbed", "at", "by")
    list_select_related = ("kept", "absorbed", "by")
    search_fields = ("kept__folded", "absorbed__folded")


@admin.register(TwinDismissal)
class TwinDismissalTable(ReadOnlyTable):
    """Pairs said to be different."""

    list_display = ("first", "second", "at", "by")
    list_select_related = ("first", "second", "by")
    search_fields = ("first__folded", "second__folded")
