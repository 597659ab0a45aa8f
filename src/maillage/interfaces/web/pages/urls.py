"""Addresses of the pages that belong to no room."""

from django.urls import path

from maillage.interfaces.web.pages import views

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("p/<slug:pole>/", views.pole, name="pole"),
    path("p/<slug:pole>/carte.json", views.pole_map, name="map"),
    path("p/<slug:pole>/fond-de-carte.json", views.ground, name="ground"),
    path("poles/", views.network, name="network"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path("contact/", views.contact, name="contact"),
    path("sante/", views.health, name="health"),
    path("style/", views.style, name="style"),
]
