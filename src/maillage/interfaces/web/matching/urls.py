"""Addresses of the matching desk."""

from django.urls import path

from maillage.interfaces.web.matching import decisions, views

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
    path("ce-qui-manque/", views.missing, name="missing"),
]
