"""Addresses of the room ``gathering``."""

from django.urls import URLPattern

app_name = "gathering"

urlpatterns: list[URLPattern] = []
