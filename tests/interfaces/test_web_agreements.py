"""The pages of agreements: opened, filled, signed on line, by a link, on paper; nothing typed is lost."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.models import Annex, Consent
from maillage.domain.agreements.operations import propose, revise
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message
from tests.factories import NOW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.agreements import STAFF_LOAN, make_open, make_ready
from tests.factories.exchanges import make_offer
from tests.factories.files import picture
from tests.factories.ledger import make_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    make_actions()
    return make_pole("Pôle d’ici", "ici")


@pytest.fixture
def parties(pole: Pole) -> tuple[Organisation, Organisation]:
    one, two = make_organisation("La Donneuse"), make_organisation("La Receveuse")
    for party in (one, two):
        make_membership(pole, party)
    return one, two


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def team(pole: Pole) -> Client:
    return signed_in(make_account(Role.FACILITATOR, pole))


def member(pole: Pole, organisation: Organisation) -> Client:
    return signed_in(make_account(Role.MEMBER, pole, organisation))


def address(name: str, agreement: Agreement, *arguments: object) -> str:
    return reverse(f"agreements:{name}", args=[agreement.pole.slug, agreement.pk, *arguments])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def yes(digest: str, party: Organisation, **fields: object) -> dict[str, object]:
    return {
        "organisation": str(party.pk),
        "signer": "Léa Exemple",
        "capacity": "présidente",
        "read": "on",
        "digest": digest,
    } | fields


def test_new__keeps_what_was_typed_when_a_party_is_unknown(team: Client, pole: Pole, parties: Any) -> None:
    url = reverse("agreements:new", args=[pole.slug])
    typed = {
        "template": "service",
        "title": "Laver le linge",
        "first": str(parties[0].pk),
        "second_text": "Rien",
    }
    answer = team.post(url, typed)
    assert answer.status_code == 422
    assert "Laver le linge" in body(answer)
    assert "Aucune structure du pôle ne s’appelle ainsi" in body(answer)
    team.post(url, typed | {"second_text": "La Receveuse"})
    assert Agreement.objects.get().title == "Laver le linge"


def test_edit__says_the_law_and_keeps_what_was_typed(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_open("pret-de-personnel", *parties, pole=pole)
    typed = {"title": "Un prêt", "giver": parties[0].pk} | STAFF_LOAN | {"billed": "9 999"}
    answer = team.post(address("edit", agreement), typed)
    assert answer.status_code == 422
    assert "L8241-1" in body(answer)
    assert "9 999" in body(answer)


def test_list__shows_a_member_its_own_only(pole: Pole, parties: Any) -> None:
    make_ready(*parties, pole=pole, title="Le nôtre")
    make_ready(pole=pole, title="Le leur")
    page = body(member(pole, parties[0]).get(reverse("agreements:list", args=[pole.slug])))
    assert "Le nôtre" in page
    assert "Le leur" not in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("texte=fourgn", {"Prêter le fourgon"}),
        ("texte=Donneuse", {"Prêter le fourgon"}),
        ("etat=a-signer", {"Partager la salle"}),
        ("modele=service", {"Laver le linge"}),
        ("texte=introuvable", set()),
    ],
)
def test_list__finds(team: Client, pole: Pole, parties: Any, query: str, titles: set[str]) -> None:
    make_ready(*parties, pole=pole)
    others = make_organisation("Une autre"), make_organisation("Une tierce")
    propose(agreement=make_ready(*others, pole=pole, title="Partager la salle"), at=NOW, by=None)
    make_open("service", *others, pole=pole, title="Laver le linge")
    page = body(team.get(reverse("agreements:list", args=[pole.slug]) + "?" + query))
    shown = {title for title in ("Prêter le fourgon", "Partager la salle", "Laver le linge") if title in page}
    assert shown == titles


def test_list__an_unnamed_party_is_in_no_page_search_or_file(pole: Pole) -> None:
    hidden, other = make_organisation("La Secrète"), make_organisation("L’Autre")
    for party in (hidden, other):
        make_membership(pole, party)
    offer = make_offer(pole=pole, author=hidden, visibility="anonymous")
    agreement = make_ready(other, hidden, pole=pole, offer=offer)
    client = member(pole, other)
    pages = [
        reverse("agreements:list", args=[pole.slug]),
        reverse("agreements:list", args=[pole.slug]) + "?texte=Fourgon",
        reverse("agreements:export", args=[pole.slug, "csv"]),
        address("detail", agreement),
    ]
    assert all("Secrète" not in body(client.get(page)) for page in pages)
    found = body(client.get(reverse("agreements:list", args=[pole.slug]) + "?texte=Secrète"))
    assert "Prêter le fourgon" not in found
    assert client.get(address("text", agreement)).status_code == 403
    assert client.get(address("paper", agreement, "accord", "pdf")).status_code == 403


def test_export__neutralises_a_formula(team: Client, pole: Pole, parties: Any) -> None:
    make_ready(*parties, pole=pole, title="=1+1")
    content = body(team.get(reverse("agreements:export", args=[pole.slug, "csv"])))
    assert "=1+1" in content
    assert "\n1;=1+1" not in content
    assert ";=1+1" not in content


def test_line__taken_out_comes_back(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    line = agreement.commitments.get()
    page = body(team.post(address("take_out", agreement, line.pk), follow=True))
    assert "Aucun engagement noté" in page
    assert "1\u00a0ligne retirée" in page
    assert "Aucun engagement noté" not in body(
        team.post(address("put_back", agreement, line.pk), follow=True)
    )


def test_sign__on_line_by_each_party_starts_it(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    team.post(address("move", agreement, "propose"))
    digest = agreement.texts.get().digest
    for party in parties:
        member(pole, party).post(address("text", agreement), yes(digest, party))
    assert Agreement.objects.get(pk=agreement.pk).state == "active"
    assert {one.way for one in Consent.objects.all()} == {"account"}


def test_sign__for_another_party_or_without_reading_is_refused(pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    client = member(pole, parties[0])
    for typed in (yes(text.digest, parties[1]), yes(text.digest, parties[0], read="")):
        assert client.post(address("text", agreement), typed).status_code == 422
    answer = client.post(address("text", agreement), yes("0" * 64, parties[0]))
    assert "Le texte a changé" in body(answer)
    assert "Léa Exemple" in body(answer)
    assert not Consent.objects.exists()


def test_sign__on_paper_keeps_the_file(
    team: Client, pole: Pole, parties: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    file = io.BytesIO(picture())
    file.name = "signe.jpg"
    typed = yes(text.digest, parties[0], comment="papier", file=file)
    assert team.post(address("text", agreement), typed).status_code == 302
    consent = Consent.objects.get()
    assert consent.way == "file"
    assert consent.file is not None


def test_link__reads_and_signs_without_account_once(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    team.post(address("invite", agreement), {"organisation": str(parties[0].pk), "email": "lea@exemple.fr"})
    url = Message.objects.get(kind="signature").letter["buttons"][0][1]
    assert url.startswith(settings.SITE_ADDRESS.rstrip("/") + "/p/ici/accords/lire/")
    path = url.removeprefix(settings.SITE_ADDRESS.rstrip("/"))
    nobody = Client()
    assert "La Donneuse" in body(nobody.get(path))
    typed = {"signer": "Léa", "capacity": "gérante", "read": "on", "digest": text.digest}
    assert "Merci" in body(nobody.post(path, typed))
    assert nobody.get(path).status_code == 410
    assert nobody.post(path, typed).status_code == 410
    assert nobody.get(path.replace("lire/", "lire/x")).status_code == 410


def test_amend__says_before_and_after_and_is_signed(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    for party in parties:
        member(pole, party).post(address("text", agreement), yes(text.digest, party))
    later = timezone.localdate() + timedelta(days=900)
    typed = {"starts_on": timezone.localdate(), "ends_on": later, "purpose": "Chacun y gagne"}
    assert team.post(address("amend", agreement), typed).status_code == 302
    team.post(address("amendment_move", agreement, 1, "propose"))
    digest = agreement.texts.exclude(amendment=None).get().digest
    for party in parties:
        member(pole, party).post(address("amendment_text", agreement, 1), yes(digest, party))
    assert Agreement.objects.get(pk=agreement.pk).ends_on == later
    page = body(team.get(address("detail", agreement)))
    assert "En vigueur" in page
    assert "Les textes d’avant restent lisibles" in page


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("what", ["accord", "avenant-contrat", "note-cse"])
def test_paper__the_three_of_a_staff_loan(
    team: Client, pole: Pole, parties: Any, what: str, ending: str
) -> None:
    agreement = make_open("pret-de-personnel", *parties, pole=pole)
    answer = team.get(address("paper", agreement, what, ending))
    assert answer.status_code == 200
    assert answer.content[:4] == (b"%PDF" if ending == "pdf" else b"PK\x03\x04")


def test_annex__is_joined_and_named_in_the_text(
    team: Client, pole: Pole, parties: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    agreement = make_ready(*parties, pole=pole)
    file = io.BytesIO(picture())
    file.name = "plan.jpg"
    team.post(address("annexes", agreement), {"annex_title": "Le plan", "file": file})
    assert "Le plan" in body(team.get(address("text", agreement)))
    team.post(address("annexes", agreement), {"annexe": str(Annex.objects.get().pk)})
    assert not Annex.objects.exists()


def test_annex__is_read_by_the_parties_and_through_the_link_by_nobody_else(
    team: Client, pole: Pole, parties: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    agreement = make_ready(*parties, pole=pole)
    file = io.BytesIO(picture())
    file.name = "plan.jpg"
    team.post(address("annexes", agreement), {"annex_title": "Le plan", "file": file})
    kept = Annex.objects.get().file
    propose(agreement=agreement, at=NOW, by=None)
    door = reverse("agreements:file", args=["ici", agreement.pk, kept.pk])
    party, stranger = member(pole, parties[0]), member(pole, make_organisation("Une autre"))
    assert f'href="{door}"' in body(party.get(address("text", agreement)))
    assert (party.get(door).status_code, stranger.get(door).status_code) == (200, 404)
    assert party.get(door)["Content-Disposition"].startswith("attachment")

    team.post(address("invite", agreement), {"organisation": parties[1].pk, "email": "ana@exemple.fr"})
    link = Message.objects.get(to="ana@exemple.fr").letter["buttons"][0][1].removeprefix("http://testserver")
    link = link[link.index("/p/") :]
    assert f'href="{link}fichiers/{kept.pk}/"' in body(Client().get(link))
    assert Client().get(f"{link}fichiers/{kept.pk}/").status_code == 200
    other = make_ready(*parties, pole=pole, title="Autre accord")
    assert party.get(reverse("agreements:file", args=["ici", other.pk, kept.pk])).status_code == 404
    revise(agreement=agreement)
    assert Client().get(f"{link}fichiers/{kept.pk}/").status_code == 410


def test_paper_that_was_signed__is_read_by_both_parties(
    team: Client, pole: Pole, parties: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    file = io.BytesIO(picture())
    file.name = "signe.jpg"
    said = {"comment": "papier", "digest": text.digest, "signer": "Ana", "capacity": "gérante", "read": "on"}
    team.post(address("text", agreement), said | {"organisation": parties[0].pk, "file": file})
    door = reverse("agreements:file", args=["ici", agreement.pk, Consent.objects.get().file_id])
    party = member(pole, parties[1])
    assert f'href="{door}"' in body(party.get(address("detail", agreement)))
    assert party.get(door).status_code == 200
