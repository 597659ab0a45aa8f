"""Capture: three fields, everything typed is kept, mistakes say what to do, each writes for whom it may."""

from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import EvidenceChannel, Visibility
from maillage.domain.exchanges.models import Intent, Support
from maillage.domain.places.models import Municipality
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db
HERE = "/p/gatinais/besoins-et-offres/noter/"


@pytest.fixture
def town() -> Municipality:
    return make_municipality("Amilly", "45004", has_homonym=True)


@pytest.fixture
def pole(town: Municipality) -> Pole:
    return make_pole("Gâtinais en essai", "gatinais", territory=make_territory(municipalities=[town]))


@pytest.fixture
def school(pole: Pole, town: Municipality) -> Organisation:
    organisation = make_organisation("Groupe scolaire des Tilleuls")
    make_membership(pole, organisation)
    make_site(organisation, municipality=town)
    return organisation


def enter(role: Role, pole: Pole, organisation: Organisation | None = None) -> Client:
    client = Client()
    account = make_account(role, pole, organisation)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, address: str = HERE, **fields: Any) -> Any:
    answer = client.post(address, fields)
    assert b"VARIABLE-INCONNUE" not in answer.content
    return answer


def test_capture__shows_a_visitor_two_ways(pole: Pole) -> None:
    text = Client().get(HERE).content.decode()
    assert "Dire un besoin" in text
    assert "/compte/login/?next=" in text
    assert Client().post(HERE, {"words": "x"}).status_code == 200
    assert not Intent.objects.exists()


@pytest.mark.parametrize("sense", ["besoin", "offre", "", "n’importe"])
def test_capture__opens_for_the_team(sense: str, pole: Pole) -> None:
    text = enter(Role.FACILITATOR, pole).get(f"{HERE}?sens={sense}").content.decode()
    assert "VARIABLE-INCONNUE" not in text
    assert ("Qu’est-ce que vous proposez" if sense == "offre" else "Qu’est-ce qui manque") in text


def test_capture__is_refused_to_a_network(pole: Pole) -> None:
    assert enter(Role.NETWORK, pole).get(HERE).status_code == 403


def test_capture__saves_with_three_fields(pole: Pole, school: Organisation, town: Municipality) -> None:
    words = "On a une quarantaine d’ordinateurs à reprendre. C’est lourd."
    answer = send(enter(Role.FACILITATOR, pole), words=words, author=school.pk, municipality=town.code)
    intent = Intent.objects.get()
    assert answer["Location"] == f"/p/gatinais/besoins-et-offres/{intent.pk}/"
    assert (intent.author, intent.municipality, intent.words) == (school, town, words)
    assert intent.title == "On a une quarantaine d’ordinateurs à reprendre"
    assert intent.visibility == Visibility.MEMBERS


def test_capture__understands_names_without_script(pole: Pole, school: Organisation) -> None:
    fields = {
        "words": "Un fourgon",
        "author_text": "groupe scolaire des tilleuls",
        "municipality_text": "amilly (45)",
    }
    send(enter(Role.FACILITATOR, pole), f"{HERE}?sens=offre", **fields)
    intent = Intent.objects.get()
    assert (intent.kind, intent.author.name, intent.municipality_id) == ("offer", school.name, "45004")


def test_capture__takes_the_place_of_the_structure(pole: Pole, school: Organisation) -> None:
    send(enter(Role.FACILITATOR, pole), words="Un fourgon", author=school.pk)
    assert Intent.objects.get().municipality_id == "45004"


def test_capture__says_what_it_understood_when_nobody_saw_the_chips(pole: Pole, school: Organisation) -> None:
    client = enter(Role.FACILITATOR, pole)
    fields = {"words": "12 t d’épluchures par an avant juin 2030", "author": school.pk}
    text = client.post(HERE, fields, follow=True).content.decode()
    intent = Intent.objects.get()
    assert (intent.quantity, intent.unit, intent.period) == (12, "t", "year")
    assert "Nous avons compris" in text
    assert "12\u00a0t par an" in text


def test_capture__leaves_out_what_was_unticked(pole: Pole, school: Organisation) -> None:
    fields = {
        "words": "12 t d’épluchures par an, le mardi",
        "author": school.pk,
        "shown": ["amount", "week"],
        "keep": ["week"],
    }
    send(enter(Role.FACILITATOR, pole), **fields)
    intent = Intent.objects.get()
    assert intent.quantity is None
    assert [slot["day"] for slot in intent.weekly] == [1]


def test_capture__keeps_everything_typed_and_repairs_a_commune(pole: Pole, school: Organisation) -> None:
    client = enter(Role.FACILITATOR, pole)
    fields = {
        "words": "Reprendre <b>40</b> ordinateurs & écrans",
        "author": school.pk,
        "municipality_text": "Amily",
        "quantity": "40",
        "unit": "unités",
        "conditions": "À l’étage",
        "reach_km": "30",
        "slots": ["1-matin"],
        "months": ["0", "11"],
        "visibility": "anonymous",
    }
    answer = send(client, **fields)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert not Intent.objects.exists()
    assert "Aucune commune ne s’écrit «\u00a0Amily\u00a0». Vouliez-vous dire\u00a0:" in text
    assert 'name="municipality" value="45004"' in text
    assert "Amilly (45)" in text
    for kept in (
        "&lt;b&gt;40&lt;/b&gt;",
        "Groupe scolaire des Tilleuls",
        'value="Amily"',
        "À l’étage",
        'value="30"',
    ):
        assert kept in text
    assert 'value="1-matin" checked' in text
    send(client, **fields, municipality="45004")
    assert Intent.objects.get().municipality_id == "45004"


def test_capture__names_every_mistake_at_once(pole: Pole) -> None:
    fields = {
        "quantity": "beaucoup",
        "available_from": "2027-06-01",
        "available_until": "2027-01-01",
        "price": "-3",
        "reach_km": "loin",
        "people_concerned": "deux",
        "hours": "parfois",
        "author_text": "",
    }
    text = send(enter(Role.FACILITATOR, pole), **fields).content.decode()
    for sentence in (
        "Dites en quelques mots ce qui manque.",
        "Dites quelle structure le dit.",
        "La fin vient avant le début.",
    ):
        assert sentence in text
    for typed in ("beaucoup", "loin", "deux", "parfois"):
        assert f'value="{typed}"' in text


def test_capture__proposes_the_units_of_the_type(pole: Pole, school: Organisation) -> None:
    kind = make_resource_type("epluchures", "Épluchures de cuisine")
    fields = {
        "words": "Composter",
        "author": school.pk,
        "resource_type": kind.code,
        "quantity": "12",
        "unit": "m²",
    }
    text = send(enter(Role.FACILITATOR, pole), **fields).content.decode()
    assert "«\u00a0mètre carré\u00a0» mesure une surface" in text
    assert 'name="unit" value="t"' in text


def test_capture__creates_a_new_structure_once_its_family_is_said(pole: Pole, town: Municipality) -> None:
    client = enter(Role.FACILITATOR, pole)
    fields = {"words": "Un fourgon", "author_text": "Chantier La Boussole & Cie", "municipality": town.code}
    text = send(client, **fields).content.decode()
    assert "Cette structure est nouvelle." in text
    assert "Nouvelle dans le pôle." in text
    send(client, **fields, new_family="social")
    made = Intent.objects.get().author
    assert (made.name, made.family) == ("Chantier La Boussole & Cie", "social")
    assert made.sites.get().municipality == town


def test_capture__asks_whether_it_is_the_same(pole: Pole, school: Organisation, town: Municipality) -> None:
    client = enter(Role.FACILITATOR, pole)
    fields = {
        "words": "Un fourgon",
        "author_text": "Groupe scolaire Tilleuls",
        "municipality": town.code,
        "new_family": "people",
    }
    text = send(client, **fields).content.decode()
    assert "C’est la même" in text
    assert not Intent.objects.exists()
    send(client, **fields, distinct=str(school.pk))
    assert Intent.objects.get().author.name == "Groupe scolaire Tilleuls"


def test_capture__a_member_notes_for_its_structure(pole: Pole, school: Organisation) -> None:
    client = enter(Role.MEMBER, pole, school)
    assert "Groupe scolaire des Tilleuls" in client.get(HERE).content.decode()
    send(client, words="Un fourgon")
    intent = Intent.objects.get()
    assert intent.author == school
    assert intent.evidence.get().channel == EvidenceChannel.FORM


def test_capture__a_member_notes_for_no_other(pole: Pole, school: Organisation) -> None:
    other = make_organisation("Atelier Rebond")
    make_membership(pole, other)
    answer = enter(Role.MEMBER, pole, school).post(HERE, {"words": "Un fourgon", "author": other.pk})
    assert answer.status_code == 403
    assert not Intent.objects.exists()


def test_capture__goes_on_with_another(pole: Pole, school: Organisation) -> None:
    answer = send(enter(Role.MEMBER, pole, school), f"{HERE}?sens=offre", words="Un fourgon", encore="oui")
    assert answer["Location"] == f"{HERE}?sens=offre"


def test_capture__joins_what_was_already_said(pole: Pole, school: Organisation) -> None:
    said = make_need(pole=pole, title="Reprendre 15 écrans")
    send(enter(Role.FACILITATOR, pole), words="Reprendre des écrans", author=school.pk, join=said.pk)
    assert Support.objects.get().organisation == school
    assert Intent.objects.count() == 1


def test_capture__asks_who_before_joining(pole: Pole) -> None:
    said = make_need(pole=pole, title="Reprendre 15 écrans")
    answer = send(enter(Role.FACILITATOR, pole), words="Reprendre des écrans", join=said.pk)
    assert "Dites d’abord quelle structure le partage" in answer.content.decode()
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    "words", ["=cmd|' /C'", "😀" * 50, "מים חיים", "a" * 19_000, "Ci&el", "\x00 zéro", "12 12 12 %s {0}"]
)
def test_capture__survives_any_words(words: str, pole: Pole, school: Organisation) -> None:
    answer = send(enter(Role.MEMBER, pole, school), words=words)
    assert answer.status_code == 302
    assert Intent.objects.get().title


def test_capture__refuses_ten_megabytes(pole: Pole, school: Organisation) -> None:
    answer = enter(Role.MEMBER, pole, school).post(HERE, {"words": "a" * 10_000_000})
    assert answer.status_code in {400, 413}
    assert not Intent.objects.exists()


def test_capture__says_that_a_text_is_too_long(pole: Pole, school: Organisation) -> None:
    text = send(enter(Role.MEMBER, pole, school), words="a " * 15_000).content.decode()
    assert "Ce texte est trop long" in text
    assert not Intent.objects.exists()
