"""Synergies: their state changes on the site, where its history is kept; a pole's rhythm is set here."""

from django.contrib import admin

from maillage.domain.synergies.models import (
    AnswerRhythm,
    HeldOffer,
    Introduction,
    Synergy,
    SynergyChange,
    SynergyLine,
    SynergyParty,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyRows, ReadOnlyTable, Table


class LineRows(ReadOnlyRows):
    """Needs and offers."""

    model = SynergyLine


class PartyRows(ReadOnlyRows):
    """Structures and their answers."""

    model = SynergyParty


class ChangeRows(ReadOnlyRows):
    """History of the state."""

    model = SynergyChange


@admin.register(Synergy)
class SynergyTable(ReadOnlyTable):
    """Synergies."""

    list_display = ("title", "state", "pole", "owner", "due_on", "origin", "moved_at")
    list_filter = ("state", "origin", "pole")
    list_select_related = ("pole", "owner")
    search_fields = ("title",)
    inlines = (LineRows, PartyRows, ChangeRows)


@admin.register(HeldOffer)
class HeldOfferTable(ReadOnlyTable):
    """Offers, as synergies hold them."""

    list_display = ("title", "quantity", "unit", "period", "state", "author")
    list_filter = ("state", "pole")
    list_select_related = ("author",)
    search_fields = ("folded", "author__folded")


@admin.register(SynergyLine)
class SynergyLineTable(ReadOnlyTable):
    """Lines."""

    list_display = ("synergy", "intent", "quantity", "unit", "period")
    list_select_related = ("synergy", "intent")
    search_fields = ("intent__folded", "synergy__title")


@admin.register(SynergyParty)
class SynergyPartyTable(ReadOnlyTable):
    """Parties."""

    list_display = ("synergy", "organisation", "side", "answer", "reason", "answered_at")
    list_filter = ("answer", "side")
    list_select_related = ("synergy", "organisation")
    search_fields = ("organisation__folded", "synergy__title")


@admin.register(SynergyChange)
class SynergyChangeTable(ReadOnlyTable):
    """Changes of state."""

    list_display = ("synergy", "starts", "ends", "at", "by", "reason")
    list_filter = ("ends",)
    list_select_related = ("synergy", "by")
    search_fields = ("synergy__title",)


@admin.register(Introduction)
class IntroductionTable(ReadOnlyTable):
    """Invitations to answer."""

    list_display = ("party", "sent_at", "expires_at", "letters", "woken_on", "used_at", "revoked_at")
    list_select_related = ("party__organisation",)
    search_fields = ("party__organisation__folded",)


@admin.register(AnswerRhythm)
class AnswerRhythmTable(Table):
    """How long a pole waits for an answer."""

    list_display = ("pole", "since", "first_reminder_days", "second_reminder_days", "wake_days", "source")
    list_filter = ("pole",)
    list_select_related = ("pole",)
    search_fields = ("pole__name", "source")
