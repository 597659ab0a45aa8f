"""Addresses of the room ``matching``."""

from django.urls.resolvers import URLPattern

app_name = "matching"

urlpatterns: list[URLPattern] = []
