"""What all tables share: long lists are searched, not unrolled; what is append-only is only read."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

if TYPE_CHECKING:  # Django's own classes take no parameter when they run
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _ModelAdmin = admin.ModelAdmin
    _TabularInline = admin.TabularInline


class Table(_ModelAdmin):
    """A table of the support staff."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Search in every relation whose table can be searched."""
        return [
            field.name
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if isinstance(field, models.ForeignKey | models.ManyToManyField)
            and _is_searchable(self.admin_site, field.related_model)
        ]


class ReadOnlyTable(Table):
    """A table that the site, a file or a calculation writes."""

    def has_add_permission(self, request: HttpRequest, *_: object) -> bool:
        """Nobody adds a row here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes a row here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody deletes a row here."""
        return False


class Rows(_TabularInline):
    """Rows of another table, under the one they belong to."""

    extra = 0
    show_change_link = True

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Search in every relation whose table can be searched."""
        return [
            field.name
            for field in self.opts.fields
            if isinstance(field, models.ForeignKey) and _is_searchable(self.admin_site, field.related_model)
        ]


class ReadOnlyRows(Rows):
    """Rows that are only read."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody adds a row here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes a row here."""
        return False


def _is_searchable(site: admin.AdminSite, model: Any) -> bool:
    return site.is_registered(model) and bool(site.get_model_admin(model).search_fields)
