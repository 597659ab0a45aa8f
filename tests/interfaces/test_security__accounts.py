"""Attacks on the doors: being sent elsewhere, being made to act, writing what a form does not show."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maillage.domain.actors.models import AccessRequest, Account, Mandate, Organisation, Person
from maillage.domain.actors.operations import make_link
from maillage.domain.actors.viewer import Role
from maillage.interfaces.web.actors.unhurried import stamp
from tests.factories.actors import make_account, make_organisation
from tests.interfaces.access import World, make_world, routes

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "une phrase que je retiens"
ELSEWHERE = [
    "https://pirate.example/",
    "//pirate.example/",
    "///pirate.example",
    "/\\pirate.example",
    "\\\\pirate.example",
    "http:pirate.example",
    "javascript:alert(1)",
    "https:/pirate.example",
    "https://testserver@pirate.example/",
    " //pirate.example",
    "\t//pirate.example",
]


def _stays(answer: Any) -> bool:
    """Whether every step stays on this site."""
    return all(url.startswith("/") and not url.startswith(("//", "/\\")) for url, _ in answer.redirect_chain)


@pytest.fixture
def account() -> Account:
    return make_account(email="lea@example.org", password=PASSWORD)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_next__of_a_sign_in_never_leads_elsewhere(address: str, client: Client, account: Account) -> None:
    said = {"login": account.email, "password": PASSWORD, "next": address}
    assert _stays(client.post("/compte/login/", said, follow=True))
    assert client.get("/compte/").status_code == 200


@pytest.mark.parametrize("address", ELSEWHERE)
def test_next__of_everything_else_never_leads_elsewhere(
    address: str, client: Client, account: Account
) -> None:
    client.post("/compte/login/", {"login": account.email, "password": PASSWORD})
    again = {"password": PASSWORD, "next": address}
    assert _stays(client.post("/compte/confirmer/", again, follow=True))
    assert _stays(client.get("/compte/login/", {"next": address}, follow=True))
    assert _stays(client.post("/compte/logout/", {"next": address}, follow=True))


@pytest.mark.parametrize("address", ELSEWHERE)
def test_next__of_a_link_never_leads_elsewhere(address: str, client: Client, account: Account) -> None:
    made = make_link(account=account, at=timezone.now(), next_page=address)
    assert _stays(client.post(f"/compte/lien/{made.secret}/", follow=True))


def test_next__keeps_the_whole_address_one_wanted(client: Client, account: Account) -> None:
    world = make_world()
    answer = client.get(f"/p/{world.pole.slug}/structures/mandats/?a=1&b=2")
    assert (
        answer.headers["Location"]
        == "/compte/login/?next=%2Fp%2Fici%2Fstructures%2Fmandats%2F%3Fa%3D1%26b%3D2"
    )


REFUSED = {401, 403, 404, 405}
"""401 is the API, which reads a key and never a cookie."""


def test_csrf__no_address_takes_a_post_from_elsewhere() -> None:
    world = make_world()
    client = Client(enforce_csrf_checks=True)
    account = world.accounts["administrator"]
    assert account is not None
    client.force_login(account, backend=BACKEND)
    taken = {
        route.name: status
        for route in routes()
        if (status := client.post(route.filled(world), {"a": "b"}).status_code) not in REFUSED
    }
    assert taken == {}


# What one would add to a form to become more than one is.
EXTRA = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "person": "1",
    "pole": "1",
    "pole_id": "1",
    "role": "administrator",
    "state": "accepted",
    "answered_by": "1",
    "merged_into": "1",
    "known_in": "1",
    "source": "pirate",
    "source_id": "pirate",
    "verified_on": "2030-01-01",
    "proven_by": "proconnect",
    "proven_subject": "personne-42",
    "account": "1",
    "user": "1",
    "next_page": "/admin/",
}
UNTOUCHED = ("is_staff", "is_superuser", "is_active", "person_id")


@pytest.fixture
def world() -> World:
    return make_world()


def _state() -> list[Any]:
    accounts = list(Account.objects.order_by("pk").values_list("pk", *UNTOUCHED))
    kept = list(Organisation.objects.order_by("pk").values_list("pk", "merged_into", "source", "source_id"))
    known = list(Organisation.known_in.through._default_manager.order_by("pk").values_list("pk", flat=True))
    mandates = list(Mandate.objects.order_by("pk").values_list("pk", "role", "pole_id", "person_id"))
    return [accounts, kept, known, mandates, Person.objects.count()]


FORMS = [
    ("facilitator", "/p/ici/structures/{other}/modifier/", {"name": "Une Autre", "family": "social"}),
    ("facilitator", "/p/ici/structures/{other}/site/", {"site_name": "Atelier"}),
    ("facilitator", "/p/ici/structures/{other}/adhesion/", {"geste": "college"}),
    ("member", "/compte/password/set/", {"password1": "z" * 20, "password2": "z" * 20}),
    ("member", "/compte/lien/", {"email": "autre@example.org"}),
    ("member", "/compte/changer/", {"pole": "ici"}),
    ("member", "/compte/sessions/", {"geste": "autres"}),
    ("member", "/compte/double/codes/creer/", {}),
]


@pytest.mark.parametrize(("role", "path", "said"), FORMS, ids=[path for _, path, _ in FORMS])
def test_form__writes_nothing_that_it_does_not_show(
    role: str, path: str, said: dict[str, str], world: World
) -> None:
    client, account = Client(), world.accounts[role]
    assert account is not None
    client.force_login(account, backend=BACKEND)
    before = _state()
    client.post(path.format(other=world.keys["actors"]), EXTRA | said)
    assert _state() == before


def test_form__of_a_request_gives_neither_answer_nor_identity(world: World) -> None:
    AccessRequest.objects.all().delete()
    said = {"given_name": "Inès", "family_name": "Fauvel", "email": "i@example.org"}
    hour = stamp(timezone.now() - timedelta(seconds=9))
    Client().post("/p/ici/acces/demander/", EXTRA | said | {"heure": hour})
    made = AccessRequest.objects.get()
    assert (made.state, made.account, made.answered_by, made.proven_by) == ("waiting", None, None, "")
    assert made.pole == world.pole


def test_form__of_a_new_structure_gives_it_neither_origin_nor_past(world: World) -> None:
    client, account = Client(), world.accounts["facilitator"]
    assert account is not None
    client.force_login(account, backend=BACKEND)
    said = {"name": "La Toute Neuve", "family": "social"}
    client.post("/p/ici/structures/nouvelle/", EXTRA | said)
    made = Organisation.objects.get(name="La Toute Neuve")
    assert (made.merged_into, made.source_id) == (None, "")
    assert [pole.slug for pole in made.known_in.all()] == ["ici"]


def test_form__of_roles_gives_the_role_that_is_asked_in_this_pole_only(world: World) -> None:
    client, account = Client(), world.accounts["administrator"]
    assert account is not None
    assert world.aside is not None
    client.force_login(account, backend=BACKEND)
    said = {"given_name": "Ada", "email": "ada@example.org", "role": "board", "since": "2026-01-01"}
    client.post("/p/ici/structures/mandats/", EXTRA | {"pole": str(world.aside.pk)} | said)
    mandate = Mandate.objects.get(person__email="ada@example.org")
    assert (mandate.pole, mandate.role) == (world.pole, "board")
    assert not Account.objects.get(email="ada@example.org").is_staff


def test_role__of_a_facilitator_is_not_given_by_themselves(world: World) -> None:
    client, account = Client(), world.accounts["facilitator"]
    assert account is not None
    client.force_login(account, backend=BACKEND)
    said = {"given_name": "Ada", "email": "ada@example.org", "role": "administrator", "since": "2026-01-01"}
    assert client.post("/p/ici/structures/mandats/", said).status_code == 403
    assert Role.ADMINISTRATOR.value not in Mandate.objects.filter(person=account.person).values_list(
        "role", flat=True
    )
    assert make_organisation().pk
