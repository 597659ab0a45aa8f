"""Addresses of the room ``gathering``."""

from django.urls import URLPattern, path

from maillage.interfaces.web.gathering.views import (
    campaigns,
    home,
    interviews,
    respond,
    review,
    room,
    workshops,
)

app_name = "gathering"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("a-relire/", review.listing, name="drafts"),
    path("a-relire/<int:pk>/", review.draft, name="draft"),
    path("a-relire/<int:pk>/mettre-de-cote/", review.set_aside, name="aside"),
    path("a-relire/<int:pk>/reprendre/", review.take_back, name="back"),
    path("a-relire/<int:pk>/pieces/<int:number>/", review.mail_file, name="mail_file"),
    path("a-relire/<int:pk>/sens/", review.turn, name="turn"),
    path("ateliers/nouveau/", workshops.new, name="new_workshop"),
    path("ateliers/<int:pk>/", workshops.workshop, name="workshop"),
    path("ateliers/<int:pk>/modifier/", workshops.edit, name="edit_workshop"),
    path("ateliers/<int:pk>/ecran/", workshops.screen, name="screen"),
    path("ateliers/<int:pk>/etape/", workshops.move, name="move_workshop"),
    path("ateliers/<int:pk>/carte/", workshops.hide, name="hide_card"),
    path("ateliers/<int:pk>/noter/", workshops.note_known, name="note_known"),
    path("ateliers/<int:pk>/etat.json", workshops.state, name="state"),
    path("ateliers/<int:pk>/flux/", workshops.stream, name="stream"),
    path("campagnes/nouvelle/", campaigns.new, name="new_campaign"),
    path("campagnes/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campagnes/<int:pk>/modifier/", campaigns.edit, name="edit_campaign"),
    path("campagnes/<int:pk>/question/", campaigns.add_question, name="add_question"),
    path("campagnes/<int:pk>/question/retirer/", campaigns.remove_question, name="remove_question"),
    path("campagnes/<int:pk>/papier/", campaigns.paper, name="paper"),
    path("campagnes/<int:pk>/saisir/", respond.from_paper, name="from_paper"),
    path("campagnes/<int:pk>/reponses.<str:ending>", campaigns.export, name="export_answers"),
    path("reponses/<int:pk>/", campaigns.answer, name="answer"),
    path("repondre/<slug:slug>/", respond.respond, name="respond"),
    path("repondre/<slug:slug>/<str:reponse>/", respond.resume, name="resume"),
    path("entretiens/nouveau/", interviews.new, name="new_interview"),
    path("entretiens/<int:pk>/", interviews.interview, name="interview"),
    path("entretiens/<int:pk>/modifier/", interviews.edit, name="edit_interview"),
    path("entretiens/<int:pk>/tirer/", interviews.draw, name="draw"),
    path("entretiens/<int:pk>/accord-retire/", interviews.withdraw, name="withdraw_consent"),
    path("a/<str:atelier>/", room.phone, name="phone"),
    path("a/<str:atelier>/carte/", room.card, name="card"),
    path("a/<str:atelier>/moi/", room.introduce, name="introduce"),
    path("a/<str:atelier>/voter/", room.vote, name="vote"),
    path("a/<str:atelier>/etat.json", room.state, name="phone_state"),
    path("a/<str:atelier>/flux/", room.stream, name="phone_stream"),
]
