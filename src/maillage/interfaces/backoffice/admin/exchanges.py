"""Needs and offers; their state changes on the site, where its history is kept."""

from django.contrib import admin

from maillage.domain.exchanges.models import Disclosure, Evidence, Intent, IntentMerge, StateChange, Support
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
