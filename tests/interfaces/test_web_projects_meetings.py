"""Meetings on screen: dates, links without an account, minutes that save themselves, an assembly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.domain.mail.models import Message
from maillage.domain.projects import operations
from maillage.domain.projects.models import Invitee, Meeting, PollAnswer
from maillage.interfaces.web.projects.links import own_address
from tests.factories.projects import make_invitee, make_meeting
from tests.interfaces.projects_world import Workshop, make_workshop, page

pytestmark = pytest.mark.django_db
BASE = {"title": "Réunion", "kind": "work", "minutes_long": "90"}


@pytest.fixture
def shop() -> Workshop:
    return make_workshop()


@pytest.fixture
def held(shop: Workshop) -> Meeting:
    return make_meeting(shop.project, starts_at=timezone.now() - timedelta(hours=2))


def own(invitee: Invitee) -> str:
    return "/" + own_address(invitee).split("/", 3)[3]


def test_meeting__time_is_typed_as_here_and_kept_in_utc(shop: Workshop) -> None:
    shop.send(f"{shop.project.pk}/reunions/nouvelle/", **BASE, day="2027-07-01", hour="18:30")
    meeting = Meeting.objects.get()
    assert meeting.starts_at is not None
    assert (meeting.state, meeting.starts_at.isoformat()) == ("planned", "2027-07-01T16:30:00+00:00")
    assert "18" in shop.read(f"reunions/{meeting.pk}/")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2027-03-28", "hour": "02:30"}, "n’existe pas"),
        ({"day": "2027-03-28"}, "Donnez aussi l’heure."),
        ({"minutes_long": "2"}, "de 5 minutes à 24 heures"),
        ({"visio_url": "javascript:alert(1)"}, "Collez l’adresse entière"),
        ({"title": ""}, "Donnez un titre"),
    ],
)
def test_meeting__says_what_to_mend(shop: Workshop, typed: dict[str, str], said: str) -> None:
    answer = shop.send(f"{shop.project.pk}/reunions/nouvelle/", **(BASE | {"words": "À garder"} | typed))
    assert answer.status_code == 422
    assert said in page(answer)
    assert "À garder" in page(answer)


def test_poll__is_answered_by_a_link_and_by_nothing_else(shop: Workshop) -> None:
    meeting = make_meeting(shop.project)
    date = operations.propose_date(
        meeting=meeting, starts_at=timezone.now() + timedelta(days=9), at=timezone.now()
    )
    invitee = make_invitee(meeting, name="Odile", email="odile@exemple.fr")
    address, client = own(invitee), shop.client("visitor")
    assert "Quand pouvez-vous" in page(client.get(address))
    assert client.post(address, {f"date-{date.pk}": "yes"}).status_code == 302
    assert client.post(address, {f"date-{date.pk}": "peut-être"}).status_code == 200
    assert PollAnswer.objects.get().choice == "yes"
    assert client.get(address[:-5] + "xxxx/").status_code == 404
    assert client.get(address.replace("/p/essai/", "/p/ailleurs/")).status_code == 404


def test_invitation__tells_when_the_date_is_kept_and_takes_the_answer(shop: Workshop) -> None:
    meeting = make_meeting(shop.project)
    moment = timezone.now() + timedelta(days=9)
    date = operations.propose_date(meeting=meeting, starts_at=moment, at=timezone.now())
    invitee = make_invitee(meeting, name="Odile", email="odile@exemple.fr")
    rest = f"reunions/{meeting.pk}/gestes/"
    shop.send(rest, geste="inviter")
    shop.send(rest, geste="inviter")
    shop.send(rest, geste="retenir", numero=date.pk)
    assert [one[:6] for one in Message.objects.order_by("pk").values_list("subject", flat=True)] == [
        "Quelle",
        "Réunio",
    ]
    client = shop.client("visitor")
    client.post(own(invitee), {"reponse": "non"})
    invitee.refresh_from_db()
    assert invitee.coming == "no"
    file = client.get(own(invitee) + "reunion.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in file.content


def test_draft__saves_itself_and_warns_of_another_hand(shop: Workshop, held: Meeting) -> None:
    client, rest = shop.client(), shop.url(f"reunions/{held.pk}/compte-rendu/brouillon/")
    typing = {"HTTP_HX_REQUEST": "true"}
    first = client.post(rest, {"minutes": "Un.", "version": "0"}, **typing)
    assert "Brouillon enregistré à" in page(first)
    assert 'value="1"' in page(first)
    second = client.post(rest, {"minutes": "Deux.", "version": "0"}, **typing)
    assert "Quelqu’un d’autre a écrit" in page(second)
    held.refresh_from_db()
    assert held.minutes == "Un."


def test_minutes__that_cannot_be_published_keep_what_was_typed(shop: Workshop, held: Meeting) -> None:
    operations.save_draft(meeting=held, text="Un.", version=0)
    answer = shop.send(f"reunions/{held.pk}/compte-rendu/publier/", minutes="Deux.", version="0")
    assert answer.status_code == 422
    assert "Deux." in page(answer)


def test_minutes__are_read_by_members_once_published_and_take_a_complement(
    shop: Workshop, held: Meeting
) -> None:
    rest = f"reunions/{held.pk}/compte-rendu/"
    shop.read(rest, "member", 403)
    shop.send(rest + "publier/", "lead", minutes="C’est décidé.", version="0")
    assert "C’est décidé." in shop.read(rest, "member")
    assert shop.send(rest + "brouillon/", "lead", minutes="Non.", version="1").status_code == 403
    shop.send(rest + "complement/", "lead", addendum="Il manquait un nom.")
    assert "Il manquait un nom." in shop.read(rest, "member")


def test_action__without_who_keeps_its_words_and_with_who_is_a_task(shop: Workshop, held: Meeting) -> None:
    rest = f"reunions/{held.pk}/compte-rendu/actions/"
    answer = shop.send(rest, title="Chiffrer", due_on="2027-01-01")
    assert answer.status_code == 422
    assert "Dites qui s’en charge." in page(answer)
    assert 'value="Chiffrer"' in page(answer)
    owner = shop.accounts["lead"].person
    assert owner is not None
    shop.send(rest, title="Chiffrer", due_on="2027-01-01", owner=owner.pk)
    assert "Chiffrer" in shop.read("taches/", "lead")
    assert "décidée à" in shop.read(f"{shop.project.pk}/")


def test_assembly__calls_the_members_and_prints_its_sheet(shop: Workshop) -> None:
    shop.send("reunions/nouvelle/", **(BASE | {"kind": "assembly", "day": "2027-06-01", "hour": "18:00"}))
    meeting = Meeting.objects.get(kind="assembly")
    shop.send(f"reunions/{meeting.pk}/gestes/", geste="tous")
    assert meeting.invitees.count() == 2
    assert "Atelier Rebond" in shop.read(f"reunions/{meeting.pk}/emargement/")
    assert meeting.title in shop.read("reunions/", "member")
    assert shop.send("reunions/nouvelle/", "lead", **BASE).status_code == 403
    shop.read("reunions/", "visitor", 302)


def test_cancelled__tells_those_who_were_asked(shop: Workshop) -> None:
    meeting = make_meeting(shop.project, starts_at=timezone.now() + timedelta(days=3))
    make_invitee(meeting, name="Odile", email="odile@exemple.fr")
    shop.send(f"reunions/{meeting.pk}/gestes/", geste="annuler")
    assert Message.objects.get().subject.startswith("Annulée")
    assert "Cette réunion est annulée." in page(shop.client("visitor").get(own(meeting.invitees.get())))
