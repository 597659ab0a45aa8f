"""Addresses of the pages that belong to no room."""

from django.urls import path

from maillage.interfaces.web.pages import views

app_name = "pages"

urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path("sante/", views.health, name="health"),
    path("style/", views.style, name="style"),
]
