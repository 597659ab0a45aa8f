"""Addresses of the room ``mail``: what one receives (without account), what was told, the letters of a pole."""

from django.urls import path

from maillage.interfaces.web.mail import views

app_name = "mail"

urlpatterns = [
    path("courrier/choisir/<str:token>/", views.preferences, name="preferences"),
    path("p/<slug:pole>/nouvelles/", views.notifications, name="notifications"),
    path("p/<slug:pole>/nouvelles/<int:pk>/", views.follow, name="follow"),
    path("p/<slug:pole>/nouvelles/lues/", views.all_read, name="all_read"),
    path("p/<slug:pole>/courrier/", views.letters, name="letters"),
    path("p/<slug:pole>/courrier/<int:pk>/", views.letter, name="letter"),
    path("p/<slug:pole>/courrier/<int:pk>/renvoyer/", views.again, name="again"),
]
