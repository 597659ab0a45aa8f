"""Addresses of the room ``exchanges``."""

from django.urls import path, re_path

from maillage.interfaces.web.exchanges.views import capture, listing, merging, moves, options, sheet

app_name = "exchanges"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("carte.json", listing.points, name="map"),
    path("export.<str:ending>", listing.export, name="export"),
    path("lignes/", moves.many, name="many"),
    path("lignes/annuler/", moves.undo, name="undo"),
    path("noter/", capture.capture, name="capture"),
    path("noter/en-ecrivant/", capture.live, name="live"),
    path("noter/premieres-pistes/", capture.leads, name="leads"),
    re_path(r"^noter/indice-(?P<subject>qui|ou)/$", capture.hints, name="hints"),
    path("choix/structures/", options.organisations, name="organisations"),
    path("choix/auteurs/", options.authors, name="authors"),
    path("choix/types/", options.types, name="types"),
    path("choix/communes/", options.municipalities, name="municipalities"),
    path("jumeaux/", merging.twins, name="twins"),
    path("jumeaux/ecarter/", merging.dismiss, name="dismiss_twins"),
    path("jumeaux/<int:pk>/reprendre/", merging.propose_again, name="propose_twins_again"),
    path("reunir/", merging.merge, name="merge"),
    path("reunis/<int:pk>/separer/", merging.separate, name="separate"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/modifier/", capture.edit, name="edit"),
    path("<int:pk>/confirmer/", moves.confirm, name="confirm"),
    path("<int:pk>/retirer/", moves.withdraw, name="withdraw"),
    path("<int:pk>/repondu/", moves.cover, name="cover"),
    path("<int:pk>/rouvrir/", moves.reopen, name="reopen"),
    path("<int:pk>/dupliquer/", moves.duplicate, name="duplicate"),
    path("<int:pk>/soutenir/", moves.support, name="support"),
    path("<int:pk>/preuve/", moves.add_evidence, name="evidence"),
]
