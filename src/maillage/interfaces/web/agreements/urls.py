"""Addresses of the room ``agreements``."""

from django.urls import URLPattern

app_name = "agreements"

urlpatterns: list[URLPattern] = []
