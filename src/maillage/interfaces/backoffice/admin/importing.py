"""Files on their way in, and how their columns were understood."""

from django.contrib import admin

from maillage.importers.models import ImportBatch, RememberedMapping
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable, Table


@admin.register(ImportBatch)
class ImportBatchTable(ReadOnlyTable):
    """Imports."""

    list_display = ("filename", "kind", "state", "pole", "uploaded_by", "uploaded_at", "applied_at")
    list_filter = ("kind", "state", "pole")
    list_select_related = ("pole", "uploaded_by")
    search_fields = ("filename", "digest")


@admin.register(RememberedMapping)
class RememberedMappingTable(Table):
    """Remembered mappings; deleting one makes the site propose again."""

    list_display = ("pole", "kind", "signature", "used_at")
    list_filter = ("kind", "pole")
    list_select_related = ("pole",)
    search_fields = ("signature",)
