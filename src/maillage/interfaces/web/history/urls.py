"""Addresses of the histories."""

from django.urls import path

from maillage.interfaces.web.history import views

app_name = "history"

urlpatterns = [
    path("<slug:thing>/<int:pk>/", views.changes, name="changes"),
    path("<slug:thing>/<int:pk>/annuler/", views.take_back, name="take_back"),
]
