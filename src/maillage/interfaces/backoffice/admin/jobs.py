"""Long tasks."""

from django.contrib import admin

from maillage.interfaces.backoffice.admin.base import ReadOnlyTable
from maillage.interfaces.jobs.models import LongTask


@admin.register(LongTask)
class LongTaskTable(ReadOnlyTable):
    """Long tasks, as their owners see them."""

    list_display = ("title", "state", "done", "total", "pole", "owner", "asked_at", "finished_at")
    list_filter = ("state", "pole")
    list_select_related = ("pole", "owner")
    search_fields = ("title", "owner__email")
