"""Addresses of the room ``places``."""

from django.urls import path

from maillage.interfaces.web.places import views

app_name = "places"

urlpatterns = [path("", views.search, name="search")]
