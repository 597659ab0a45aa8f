"""Addresses of the room ``synergies``."""

from django.urls import path

from maillage.interfaces.web.synergies.views import answering, board, listing, moves, noting, sheet

app_name = "synergies"

urlpatterns = [
    path("", board.board, name="board"),
    path("liste/", listing.listing, name="list"),
    path("liste/export.<str:ending>", listing.export, name="export"),
    path("liste/plusieurs/", listing.many, name="many"),
    path("nouvelle/", noting.new, name="new"),
    path("depuis-une-piste/", noting.from_lead, name="from_lead"),
    path("depuis-un-calcul/<int:pk>/", noting.from_run, name="from_run"),
    path("repondre/<str:token>/", answering.by_link, name="answer_link"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/suivi/", moves.follow, name="follow"),
    path("<int:pk>/lignes/", moves.quantities, name="quantities"),
    path("<int:pk>/geste/", moves.move, name="move"),
    path("<int:pk>/accord/", moves.open_agreement, name="open_agreement"),
    path("<int:pk>/annuler/", moves.undo, name="undo"),
    path("<int:pk>/reponse/", answering.on_site, name="answer"),
    path("<int:pk>/sans/", answering.leave_out, name="leave_out"),
]
