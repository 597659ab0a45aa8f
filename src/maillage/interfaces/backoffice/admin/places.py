"""Places: the official lists are read, territories are named."""

from django.contrib import admin

from maillage.domain.places.models import (
    Department,
    IntermunicipalBody,
    Municipality,
    Outline,
    Postcode,
    Region,
    Territory,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyRows, ReadOnlyTable, Table


class PostcodeRows(ReadOnlyRows):
    """Postcodes of a commune."""

    model = Postcode


@admin.register(Region)
class RegionTable(ReadOnlyTable):
    """Régions."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(Department)
class DepartmentTable(ReadOnlyTable):
    """Départements."""

    list_display = ("code", "name", "region")
    list_select_related = ("region",)
    search_fields = ("name", "code")


@admin.register(IntermunicipalBody)
class IntermunicipalBodyTable(ReadOnlyTable):
    """EPCI."""

    list_display = ("name", "kind", "siren")
    list_filter = ("kind",)
    search_fields = ("folded", "siren")


@admin.register(Municipality)
class MunicipalityTable(ReadOnlyTable):
    """Communes."""

    list_display = ("label", "code", "department", "intermunicipal_body", "population", "position_source")
    list_filter = ("position_source", "has_homonym", "department__region")
    list_select_related = ("department", "intermunicipal_body")
    search_fields = ("folded", "code", "name")
    inlines = (PostcodeRows,)


@admin.register(Postcode)
class PostcodeTable(ReadOnlyTable):
    """Postcodes."""

    list_display = ("code", "municipality")
    list_select_related = ("municipality",)
    search_fields = ("code", "municipality__folded")


@admin.register(Territory)
class TerritoryTable(Table):
    """Territories."""

    list_display = ("name", "slug")
    search_fields = ("name",)


@admin.register(Outline)
class OutlineTable(ReadOnlyTable):
    """Outlines, without their thousands of points."""

    list_display = ("municipality", "vintage", "source")
    list_filter = ("vintage",)
    list_select_related = ("municipality",)
    search_fields = ("municipality__folded", "municipality__code")
    exclude = ("polygons",)
