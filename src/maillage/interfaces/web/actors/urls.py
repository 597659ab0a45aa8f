"""Addresses of the room ``actors``."""

from django.urls import path

from maillage.interfaces.web.actors.views import (
    composition,
    duplicates,
    editing,
    listing,
    mandates,
    memberships,
    sheet,
    sites,
)

app_name = "actors"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("carte.json", listing.points, name="map"),
    path("export.<str:extension>", listing.export, name="export"),
    path("nouvelle/", editing.new, name="new"),
    path("doublons/", duplicates.review, name="duplicates"),
    path("doublons/comparer/", duplicates.compare, name="compare"),
    path("doublons/ecarter/", duplicates.dismiss, name="dismiss"),
    path("doublons/<int:pk>/reprendre/", duplicates.propose_again, name="propose_again"),
    path("composition/", composition.composition, name="composition"),
    path("mandats/", mandates.mandates, name="mandates"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/lignes/", sheet.lines, name="lines"),
    path("<int:pk>/modifier/", editing.edit, name="edit"),
    path("<int:pk>/site/", sites.site, name="site"),
    path("<int:pk>/adhesion/", memberships.memberships, name="memberships"),
]
