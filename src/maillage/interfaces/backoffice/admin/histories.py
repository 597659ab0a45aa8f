"""The history that the database keeps of each tracked table, read only; a room added later is served too."""

from typing import Any

import pghistory.models
from django.apps import apps
from django.contrib import admin

from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


class HistoryTable(ReadOnlyTable):
    """Every state of every row, the last first."""

    list_display = ("pgh_created_at", "pgh_label", "pgh_obj_id", "content")
    list_filter = ("pgh_label",)
    ordering = ("-pgh_id",)

    @admin.display(description="contenu")
    def content(self, row: Any) -> str:
        """The name or the title that the row had, when it had one."""
        return str(getattr(row, "name", "") or getattr(row, "title", "") or "–")


for _model in apps.get_models():
    if issubclass(_model, pghistory.models.Event) and _model._meta.app_label != "pghistory":
        admin.site.register(_model, HistoryTable)
