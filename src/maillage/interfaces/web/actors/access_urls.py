"""Addresses of the requests for an access."""

from django.urls import path

from maillage.interfaces.web.actors.views import access

app_name = "access"

urlpatterns = [
    path("demander/", access.ask, name="ask"),
    path("demander/recue/", access.asked, name="asked"),
    path("demandes/", access.requests, name="requests"),
    path("demandes/<int:pk>/", access.answer, name="answer"),
]
