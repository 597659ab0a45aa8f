"""Addresses of the room ``exchanges``."""

from django.urls.resolvers import URLPattern

app_name = "exchanges"

urlpatterns: list[URLPattern] = []
