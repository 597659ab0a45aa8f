"""Addresses of the room ``projects``."""

from django.urls import path

from maillage.interfaces.web.projects.views import (
    editing,
    files,
    gestures,
    invitation,
    listing,
    meeting_gestures,
    meetings,
    minutes,
    sheet,
    tasks,
    trials,
)

app_name = "projects"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("export.<str:ending>", listing.export, name="export"),
    path("nouveau/", editing.new, name="new"),
    path("depuis-un-besoin/<int:pk>/", editing.from_need, name="from_need"),
    path("besoins/", editing.needs, name="needs"),
    path("taches/", tasks.mine, name="tasks"),
    path("taches/<int:pk>/", tasks.edit, name="task"),
    path("taches/<int:pk>/geste/", tasks.move, name="move_task"),
    path("reunions/", meetings.agenda, name="meetings"),
    path("reunions/nouvelle/", meetings.new_for_pole, name="new_pole_meeting"),
    path("reunions/<int:pk>/", meetings.detail, name="meeting"),
    path("reunions/<int:pk>/modifier/", meetings.edit, name="edit_meeting"),
    path("reunions/<int:pk>/gestes/", meeting_gestures.act, name="meeting_gestures"),
    path("reunions/<int:pk>/emargement/", meetings.sign_in_sheet, name="sign_in_sheet"),
    path("reunions/<int:pk>/reunion.ics", meetings.calendar_file, name="calendar"),
    path("reunions/<int:pk>/compte-rendu/", minutes.minutes, name="minutes"),
    path("reunions/<int:pk>/compte-rendu/brouillon/", minutes.draft, name="minutes_draft"),
    path("reunions/<int:pk>/compte-rendu/publier/", minutes.publish, name="publish_minutes"),
    path("reunions/<int:pk>/compte-rendu/actions/", minutes.add_action, name="minutes_action"),
    path("reunions/<int:pk>/compte-rendu/complement/", minutes.add, name="addendum"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/reunion.ics", invitation.calendar_file, name="invitation_calendar"),
    path("essais/<int:pk>/", trials.detail, name="trial"),
    path("essais/<int:pk>/modifier/", trials.edit, name="edit_trial"),
    path("essais/<int:pk>/gestes/", trials.act, name="trial_gestures"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/modifier/", editing.edit, name="edit"),
    path("<int:pk>/gestes/", gestures.act, name="gestures"),
    path("<int:pk>/fichiers/", files.add, name="add_file"),
    path("<int:pk>/fichiers/<int:number>/", files.download, name="file"),
    path("<int:pk>/fichiers/<int:number>/retirer/", files.remove, name="remove_file"),
    path("<int:pk>/taches/", tasks.add, name="add_task"),
    path("<int:pk>/reunions/nouvelle/", meetings.new, name="new_meeting"),
    path("<int:pk>/essais/nouveau/", trials.new, name="new_trial"),
]
