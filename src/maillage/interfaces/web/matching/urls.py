"""Addresses of the matching desk."""

from django.urls import path

from maillage.interfaces.web.matching import decisions, views
from maillage.interfaces.web.matching.studies import assemble, launching, network, rounds, share_out, weights

app_name = "matching"

urlpatterns = [
    path("rapprochements/", views.desk, name="desk"),
    path("rapprochements/suivies/", views.kept, name="kept"),
    path("rapprochements/lancer/", decisions.launch, name="launch"),
    path("rapprochements/choix/", views.options, name="options"),
    path("rapprochements/<int:pk>/", views.desk, name="intent"),
    path("rapprochements/<int:pk>/accepter/", decisions.accept, name="accept"),
    path("rapprochements/<int:pk>/mettre-de-cote/", decisions.set_aside, name="set_aside"),
    path("rapprochements/<int:pk>/reprendre/", decisions.take_back_lead, name="take_back"),
    path("rapprochements/calculs/<int:pk>/dossier/", launching.record, name="record"),
    path("rapprochements/repartir/", share_out.share_out, name="share_out"),
    path("rapprochements/repartir/lancer/", share_out.launch, name="share_out_launch"),
    path("rapprochements/repartir/comparer/", share_out.compare, name="compare"),
    path("rapprochements/repartir/<int:pk>/", share_out.share_out, name="share_out_run"),
    path("rapprochements/repartir/<int:pk>/et-si/", share_out.suppose, name="suppose"),
    path("rapprochements/assembler/", assemble.assemble, name="assemble"),
    path("rapprochements/assembler/lancer/", assemble.launch, name="assemble_launch"),
    path("rapprochements/assembler/<int:pk>/", assemble.assemble, name="assemble_run"),
    path("rapprochements/tournees/", rounds.rounds, name="rounds"),
    path("rapprochements/tournees/lancer/", rounds.launch, name="rounds_launch"),
    path("rapprochements/tournees/<int:pk>/", rounds.rounds, name="round_run"),
    path("rapprochements/reseau/", network.network, name="network"),
    path("rapprochements/reseau/lancer/", network.launch, name="network_launch"),
    path("rapprochements/reseau/<int:pk>/", network.network, name="network_run"),
    path("rapprochements/poids/", weights.weights, name="weights"),
    path("rapprochements/poids/apprendre/", weights.learn, name="weights_learn"),
    path("rapprochements/poids/remettre/", weights.put_back, name="weights_put_back"),
    path("rapprochements/poids/export.json", weights.export, name="weights_export"),
    path("ce-qui-manque/", views.missing, name="missing"),
]
