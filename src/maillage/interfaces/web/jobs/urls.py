"""Addresses of the long tasks."""

from django.urls import path

from maillage.interfaces.web.jobs import views

app_name = "jobs"

urlpatterns = [
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/avancement/", views.progress, name="progress"),
    path("<int:pk>/arreter/", views.stop, name="stop"),
]
