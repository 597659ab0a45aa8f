"""Addresses of the room ``jobs``."""

from django.urls.resolvers import URLPattern

app_name = "jobs"

urlpatterns: list[URLPattern] = []
