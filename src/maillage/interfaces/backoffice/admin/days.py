"""Requests for confirmation and private calendars: read only."""

from django.contrib import admin

from maillage.domain.days.models import CalendarFeed, ConfirmationRequest
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


@admin.register(ConfirmationRequest)
class ConfirmationRequestTable(ReadOnlyTable):
    """Requests."""

    list_display = ("organisation", "pole", "asked_on", "expires_on", "answered_at")
    list_filter = ("pole",)
    list_select_related = ("organisation", "pole")
    search_fields = ("organisation__name",)


@admin.register(CalendarFeed)
class CalendarFeedTable(ReadOnlyTable):
    """Private calendars: who has one, never its address."""

    list_display = ("account", "pole", "opened_at")
    list_filter = ("pole",)
    list_select_related = ("account", "pole")
    search_fields = ("account__email",)
