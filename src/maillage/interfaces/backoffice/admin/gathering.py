"""Listening: written on the site, only read here; what people confided stays between facilitators."""

from django.contrib import admin

from maillage.domain.gathering.models import (
    Answer,
    Campaign,
    Card,
    CardLink,
    Draft,
    Interview,
    MailFile,
    Question,
    ReceivedMail,
    Seat,
    Vote,
    Workshop,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


@admin.register(Workshop)
class WorkshopTable(ReadOnlyTable):
    """Workshops."""

    list_display = ("title", "pole", "held_on", "state", "place")
    list_filter = ("state", "pole")
    list_select_related = ("pole",)
    search_fields = ("title",)
    exclude = ("key",)


@admin.register(Seat)
class SeatTable(ReadOnlyTable):
    """Phones."""

    list_display = ("workshop", "table_number", "organisation", "consented_at", "joined_at")
    list_select_related = ("workshop",)
    search_fields = ("organisation",)
    exclude = ("key", "name", "email")


@admin.register(Card)
class CardTable(ReadOnlyTable):
    """Cards."""

    list_display = ("title", "kind", "workshop", "resource_type", "is_hidden")
    list_filter = ("kind", "is_hidden")
    list_select_related = ("workshop", "resource_type")
    search_fields = ("title",)


@admin.register(CardLink)
class CardLinkTable(ReadOnlyTable):
    """Links between cards."""

    list_display = ("need", "offer", "closeness", "because")
    list_select_related = ("need", "offer")
    search_fields = ("because",)


@admin.register(Vote)
class VoteTable(ReadOnlyTable):
    """Votes."""

    list_display = ("card", "seat", "at")
    list_select_related = ("card", "seat")
    search_fields = ("card__title",)


@admin.register(Campaign)
class CampaignTable(ReadOnlyTable):
    """Campaigns."""

    list_display = ("title", "pole", "opens_on", "closes_on")
    list_filter = ("pole",)
    list_select_related = ("pole",)
    search_fields = ("title",)


@admin.register(Question)
class QuestionTable(ReadOnlyTable):
    """Questions."""

    list_display = ("text", "campaign", "rank", "kind")
    list_select_related = ("campaign",)
    search_fields = ("text",)


@admin.register(Answer)
class AnswerTable(ReadOnlyTable):
    """Answers."""

    list_display = ("pk", "campaign", "started_at", "sent_at", "is_from_paper")
    list_filter = ("is_from_paper",)
    list_select_related = ("campaign",)
    search_fields = ("campaign__title",)
    exclude = ("key", "sender", "said")


@admin.register(Interview)
class InterviewTable(ReadOnlyTable):
    """Interviews."""

    list_display = ("subject", "pole", "organisation", "held_on", "consent")
    list_filter = ("consent", "pole")
    list_select_related = ("pole", "organisation")
    search_fields = ("subject",)
    exclude = ("person_name", "person_contact", "notes")


@admin.register(ReceivedMail)
class ReceivedMailTable(ReadOnlyTable):
    """E-mails received."""

    list_display = ("subject", "pole", "sender_email", "received_at")
    list_select_related = ("pole",)
    search_fields = ("subject", "sender_email")
    exclude = ("text",)


@admin.register(MailFile)
class MailFileTable(ReadOnlyTable):
    """Files joined to the e-mails received."""

    list_display = ("name", "mail", "size", "stored", "refusal")
    list_select_related = ("mail", "stored")
    search_fields = ("name",)


@admin.register(Draft)
class DraftTable(ReadOnlyTable):
    """Drafts."""

    list_display = ("title", "kind", "pole", "state", "channel", "said_on")
    list_filter = ("state", "kind", "channel", "pole")
    list_select_related = ("pole",)
    search_fields = ("title",)
    exclude = ("words", "said_by", "email")
