"""Addresses of the room ``actors``."""

from django.urls.resolvers import URLPattern

app_name = "actors"

urlpatterns: list[URLPattern] = []
