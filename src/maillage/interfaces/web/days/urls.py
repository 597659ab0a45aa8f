"""Addresses of the room ``days``: each one's day, the search, the private calendar, the sheets to confirm."""

from django.urls import path

from maillage.interfaces.web.days import calendar, confirming, searching, views

app_name = "days"

urlpatterns = [
    path("p/<slug:pole>/journee/", views.today, name="today"),
    path("p/<slug:pole>/journee/besoins/<slug:step>/", views.funnel_step, name="funnel_step"),
    path("p/<slug:pole>/journee/redemander/", confirming.ask, name="ask"),
    path("p/<slug:pole>/journee/moi/", views.member, name="member"),
    path("p/<slug:pole>/journee/collectivite/", views.authority, name="authority"),
    path("p/<slug:pole>/journee/collectivite/<int:pk>/", views.authority, name="authority_of"),
    path("p/<slug:pole>/journee/agenda/", calendar.settings, name="calendar"),
    path("p/<slug:pole>/chercher/", searching.search, name="search"),
    path("agenda/<str:token>.ics", calendar.feed, name="feed"),
    path("confirmer/<str:token>/", confirming.answer, name="answer"),
]
