"""Addresses of the promises and the facts, under ``/p/<pole>/faits/``."""

from django.urls import path

from maillage.interfaces.web.ledger.views import files

app_name = "ledger"
urlpatterns = [
    path("fichiers/<int:pk>/", files.file, name="file"),
]
