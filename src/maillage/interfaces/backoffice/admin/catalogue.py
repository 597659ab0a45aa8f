"""The catalogue: a copy of its files, read only."""

from django.contrib import admin

from maillage.domain.catalogue.models import Authorisation, ResourceType, Synonym, TypeLink
from maillage.interfaces.backoffice.admin.base import ReadOnlyRows, ReadOnlyTable


class SynonymRows(ReadOnlyRows):
    """Words of a type."""

    model = Synonym
    exclude = ("folded",)


@admin.register(Authorisation)
class AuthorisationTable(ReadOnlyTable):
    """Authorisations."""

    list_display = ("label", "code", "source")
    search_fields = ("label", "code")


@admin.register(ResourceType)
class ResourceTypeTable(ReadOnlyTable):
    """Types of resource."""

    list_display = ("label", "code", "kind", "parent", "unit", "waste_code", "hazardous", "retired")
    list_filter = ("kind", "hazardous", "retired")
    list_select_related = ("parent",)
    search_fields = ("folded", "code", "synonyms__folded")
    inlines = (SynonymRows,)


@admin.register(Synonym)
class SynonymTable(ReadOnlyTable):
    """Synonyms."""

    list_display = ("text", "resource_type")
    list_select_related = ("resource_type",)
    search_fields = ("folded",)


@admin.register(TypeLink)
class TypeLinkTable(ReadOnlyTable):
    """Links between types."""

    list_display = ("offer", "relation", "need", "through", "closeness")
    list_filter = ("relation",)
    list_select_related = ("offer", "need", "through")
    search_fields = ("offer__folded", "need__folded")
