"""Addresses of the accounts; allauth keeps its own pages under them."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
