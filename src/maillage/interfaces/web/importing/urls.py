"""Addresses of the room ``importing``."""

from django.urls import path

from maillage.interfaces.web.importing.views import batch, columns, home

app_name = "importing"

urlpatterns = [
    path("", home.home, name="home"),
    path("modeles/<str:kind>.<str:extension>", home.template, name="template"),
    path("<int:pk>/", batch.done, name="done"),
    path("<int:pk>/colonnes/", columns.mapping, name="mapping"),
    path("<int:pk>/feuille/", columns.sheet, name="sheet"),
    path("<int:pk>/verification/", batch.review, name="review"),
    path("<int:pk>/verifier/", batch.check, name="check"),
    path("<int:pk>/reponses/", batch.answer, name="answer"),
    path("<int:pk>/enregistrer/", batch.apply, name="apply"),
    path("<int:pk>/abandonner/", batch.cancel, name="cancel"),
    path("<int:pk>/a-corriger.<str:extension>", batch.faults, name="faults"),
]
