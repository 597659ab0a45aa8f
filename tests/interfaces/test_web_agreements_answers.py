"""The pages around a signature: who receives a link, who is unknown, and a party that does not sign."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.models import ConsentInvitation, ConsentRefusal
from maillage.domain.agreements.operations import propose
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message
from tests.factories import NOW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.agreements import make_ready
from tests.factories.files import picture
from tests.factories.ledger import make_actions
from tests.interfaces.agreements_world import make_running

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    make_actions()
    return make_pole("Pôle d’ici", "ici")


@pytest.fixture
def parties(pole: Pole) -> tuple[Organisation, Organisation]:
    one, two = make_organisation("La Donneuse", email="don@exemple.fr"), make_organisation("La Receveuse")
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
    return " ".join(str(answer.content.decode()).replace("\u00a0", " ").split())


def letter_path(email: str) -> str:
    """Return the path of the button of the last letter to somebody."""
    url = Message.objects.filter(to=email).latest("pk").letter["buttons"][0][1]
    return str(url).removeprefix(settings.SITE_ADDRESS.rstrip("/"))


def no(digest: str, **fields: object) -> dict[str, object]:
    given = {"comment": "non", "reason": "price", "words": "Cent euros au plus", "said_by": "Ana Exemple"}
    return {**given, "digest": digest, **fields}


def test_draft__says_to_whom_it_will_be_sent(team: Client, pole: Pole, parties: Any) -> None:
    page = body(team.get(address("detail", make_ready(*parties, pole=pole))))
    assert "Un lien pour lire et signer, sans compte, part à La Donneuse (don@exemple.fr)" in page
    assert "pour La Receveuse, vous donnerez une adresse juste après." in page


def test_propose__says_who_received_a_link_and_asks_for_the_missing_address(
    team: Client, pole: Pole, parties: Any
) -> None:
    agreement = make_ready(*parties, pole=pole)
    answer = team.post(address("move", agreement, "propose"), follow=True)
    page = body(answer)
    assert "Un lien pour lire et signer part à La Donneuse (don@exemple.fr)." in page
    assert "Pour La Receveuse, le pôle ne connaît pas d’adresse" in page
    assert f'<option value="{parties[1].pk}" selected>La Receveuse</option>' in page
    assert answer.redirect_chain[-1][0].endswith("#signatures")
    assert "Lire et répondre" in str(Message.objects.get().letter)


def test_invite__keeps_what_was_typed_when_it_is_no_address(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    propose(agreement=agreement, at=NOW, by=None)
    typed = {"organisation": str(parties[1].pk), "email": "bob@"}
    answer = team.post(address("invite", agreement), typed)
    assert answer.status_code == 422
    assert 'value="bob@"' in body(answer)
    assert f'<option value="{parties[1].pk}" selected>' in body(answer)
    assert team.post(address("invite", agreement), typed | {"email": "bob@exemple.fr"}).status_code == 302
    again = team.post(address("invite", agreement), typed | {"email": "bob@exemple.fr"})
    assert "vient de partir à bob@exemple.fr" in body(again)
    assert ConsentInvitation.objects.count() == 1


def test_amendment__is_sent_and_asked_from_the_sheet(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_running(*parties, pole=pole, title="Composter")
    typed = {"starts_on": "2027-01-01", "ends_on": "2031-01-01", "purpose": "Chacun y gagne"}
    team.post(address("amend", agreement), typed)
    assert "part à La Donneuse (don@exemple.fr)" in body(team.get(address("detail", agreement)))
    page = body(team.post(address("amendment_move", agreement, 1, "propose"), follow=True))
    assert "L’avenant est à la signature. Un lien pour lire et signer part à La Donneuse" in page
    assert "lien envoyé à don@exemple.fr" in page
    sent = team.post(
        address("invite", agreement), {"organisation": str(parties[1].pk), "email": "bob@exemple.fr"}
    )
    assert sent["Location"].endswith("#avenants")
    assert "avenant" in body(Client().get(letter_path("bob@exemple.fr"))).lower()


def test_link__opening_it_never_answers_and_declining_keeps_what_was_typed(
    team: Client, pole: Pole, parties: Any
) -> None:
    agreement = make_ready(*parties, pole=pole)
    team.post(address("move", agreement, "propose"))
    path, nobody, digest = letter_path("don@exemple.fr"), Client(), agreement.texts.get().digest
    nobody.get(path)
    nobody.get(f"{path}?comment=non&reason=price")
    assert not ConsentRefusal.objects.exists()
    answer = nobody.post(path, no(digest, reason=""))
    assert answer.status_code == 422
    assert "Cent euros au plus" in body(answer)
    assert "Ana Exemple" in body(answer)
    assert "La Donneuse ne signe pas" in body(nobody.post(path, no(digest)))
    assert (nobody.get(path).status_code, nobody.post(path, no(digest)).status_code) == (410, 410)
    assert ConsentRefusal.objects.get().way == "link"


def test_refusal__shows_on_the_sheet_and_in_the_list_with_the_next_gesture(
    team: Client, pole: Pole, parties: Any
) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    own = signed_in(make_account(Role.MEMBER, pole, parties[0]))
    typed = no(text.digest, organisation=str(parties[0].pk))
    assert "l’équipe du pôle est prévenue" in body(own.post(address("text", agreement), typed, follow=True))
    page = body(team.get(address("detail", agreement)))
    assert "La Donneuse ne signe pas : le prix ne convient pas." in page
    assert "Cent euros au plus" in page
    assert "Reprendre le texte" in page
    listed = body(team.get(reverse("agreements:list", args=[pole.slug])))
    assert "La Donneuse ne signe pas" in listed
    assert "Attend la réponse de La Receveuse" in listed


def test_refusal__its_words_are_not_for_the_other_party(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    own = signed_in(make_account(Role.MEMBER, pole, parties[0]))
    own.post(address("text", agreement), no(text.digest, organisation=str(parties[0].pk)))
    other = signed_in(make_account(Role.MEMBER, pole, parties[1]))
    for name in ("detail", "text"):
        page = body(other.get(address(name, agreement)))
        assert "le prix ne convient pas" in page
        assert "Cent euros au plus" not in page


def test_refusal__stays_readable_once_the_text_was_taken_back(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    own = signed_in(make_account(Role.MEMBER, pole, parties[0]))
    own.post(address("text", agreement), no(text.digest, organisation=str(parties[0].pk)))
    team.post(address("move", agreement, "revise"))
    page = body(team.get(address("detail", agreement)))
    assert "La Donneuse n’a pas signé : le prix ne convient pas" in page
    assert "ne signe pas" in body(team.get(address("earlier", agreement, 1)))


@pytest.mark.parametrize("who", ["other", "team"])
def test_decline__for_another_party_is_refused(team: Client, pole: Pole, parties: Any, who: str) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=NOW, by=None)
    client = team if who == "team" else signed_in(make_account(Role.MEMBER, pole, parties[1]))
    answer = client.post(address("text", agreement), no(text.digest, organisation=str(parties[0].pk)))
    assert answer.status_code == (403 if who == "team" else 422)
    assert not ConsentRefusal.objects.exists()


def test_link__of_a_text_that_changed_says_so(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    team.post(address("move", agreement, "propose"))
    old = letter_path("don@exemple.fr")
    for verb in ("revise", "propose"):
        team.post(address("move", agreement, verb))
    answer = Client().get(old)
    assert answer.status_code == 410
    assert "n’est plus à signer" in body(answer)
    assert Client().get(letter_path("don@exemple.fr")).status_code == 200


def test_link__of_a_party_that_answered_elsewhere_says_so(team: Client, pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    team.post(address("move", agreement, "propose"))
    own = signed_in(make_account(Role.MEMBER, pole, parties[0]))
    digest = agreement.texts.get().digest
    own.post(address("text", agreement), no(digest, organisation=str(parties[0].pk)))
    answer = Client().get(letter_path("don@exemple.fr"))
    assert answer.status_code == 410
    assert "La Donneuse a déjà répondu à ce texte" in body(answer)


def test_told_no__is_noted_by_the_team_and_taken_back(
    team: Client, pole: Pole, parties: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=timezone.now(), by=None)
    typed = {
        "comment": "non-dit",
        "organisation": str(parties[1].pk),
        "reason": "dates",
        "words": "Pas avant mars",
        "said_by": "Ana Exemple",
        "told_on": timezone.localdate(),
        "digest": text.digest,
    }
    answer = team.post(address("text", agreement), typed)
    assert answer.status_code == 422
    assert "Dites comment : de vive voix ou par écrit." in body(answer)
    assert "Pas avant mars" in body(answer)
    file = io.BytesIO(picture())
    file.name = "courrier.jpg"
    page = body(team.post(address("text", agreement), typed | {"way": "phone", "file": file}))
    assert "choisissez « Par écrit »" in page
    file.seek(0)
    page = body(team.post(address("text", agreement), typed | {"way": "paper", "file": file}, follow=True))
    assert "La Receveuse ne signe pas" in page
    assert "courrier.jpg" in page
    assert "Noté par erreur" in page
    refusal = ConsentRefusal.objects.get()
    page = body(team.post(address("take_back_no", agreement, refusal.pk), follow=True))
    assert "est de nouveau attendue" in page
    assert not ConsentRefusal.objects.exists()


def test_told_no__is_not_for_a_member(pole: Pole, parties: Any) -> None:
    agreement = make_ready(*parties, pole=pole)
    text = propose(agreement=agreement, at=timezone.now(), by=None)
    client = member(pole, parties[0])
    assert "Noter ce refus" not in body(client.get(address("text", agreement)))
    typed = {"comment": "non-dit", "organisation": str(parties[1].pk), "way": "phone", "digest": text.digest}
    assert client.post(address("text", agreement), typed).status_code == 403
    assert client.post(address("take_back_no", agreement, 1)).status_code == 403
