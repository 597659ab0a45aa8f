"""The tables of every room for the support staff; Django finds them here. No rule of its own."""

from django.contrib import admin

from maillage.interfaces.backoffice.admin import (
    actors,
    agreements,
    catalogue,
    days,
    exchanges,
    gathering,
    histories,
    importing,
    jobs,
    ledger,
    mail,
    matching,
    places,
    projects,
    synergies,
)

admin.site.site_header = "Maillage : support"
admin.site.site_title = "Maillage"
admin.site.index_title = "Tables"

__all__ = [
    "actors",
    "agreements",
    "catalogue",
    "days",
    "exchanges",
    "gathering",
    "histories",
    "importing",
    "jobs",
    "ledger",
    "mail",
    "matching",
    "places",
    "projects",
    "synergies",
]
