"""Addresses of the room ``importing``."""

from django.urls.resolvers import URLPattern

app_name = "importing"

urlpatterns: list[URLPattern] = []
