"""How many questions each page asks the database at most, for a facilitator of a whole pole: pinned, to be lowered."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests.browser.world import World, make_whole_world
from tests.factories.actors import make_membership, make_organisation, make_site
from tests.factories.exchanges import make_evidence, make_intent, make_support
from tests.interfaces.access import routes

pytestmark = pytest.mark.django_db
MOST = {
    "access:answer": 5,
    "access:ask": 4,
    "access:asked": 4,
    "access:requests": 5,
    "account_change_password": 2,
    "account_inactive": 2,
    "account_logout": 2,
    "account_reauthenticate": 8,
    "account_reset_password": 2,
    "account_reset_password_done": 2,
    "account_reset_password_from_key": 3,
    "account_reset_password_from_key_done": 2,
    "account_set_password": 2,
    "accounts:ask": 3,
    "accounts:link": 2,
    "accounts:link_sent": 2,
    "accounts:me": 4,
    "accounts:sessions": 3,
    "accounts:switch": 5,
    "accounts:welcome": 4,
    "actors:composition": 5,
    "actors:detail": 24,
    "actors:duplicates": 8,
    "actors:edit": 7,
    "actors:export": 12,
    "actors:lines": 6,
    "actors:list": 10,
    "actors:map": 7,
    "actors:memberships": 12,
    "actors:new": 4,
    "actors:site": 6,
    "agreements:amend": 6,
    "agreements:amend_add": 9,
    "agreements:amend_promise": 8,
    "agreements:amendment": 7,
    "agreements:amendment_text": 12,
    "agreements:detail": 14,
    "agreements:earlier": 9,
    "agreements:edit": 7,
    "agreements:export": 9,
    "agreements:file": 9,
    "agreements:link": 9,
    "agreements:link_file": 8,
    "agreements:list": 9,
    "agreements:new": 4,
    "agreements:paper": 8,
    "agreements:promise": 10,
    "agreements:text": 12,
    "api:openapi-json": 2,
    "days:calendar": 5,
    "days:funnel_step": 6,
    "days:search": 4,
    "days:today": 27,
    "exchanges:authors": 3,
    "exchanges:capture": 5,
    "exchanges:detail": 19,
    "exchanges:edit": 9,
    "exchanges:export": 5,
    "exchanges:list": 9,
    "exchanges:map": 6,
    "exchanges:municipalities": 3,
    "exchanges:organisations": 3,
    "exchanges:twins": 6,
    "exchanges:types": 3,
    "gathering:answer": 7,
    "gathering:campaign": 10,
    "gathering:draft": 9,
    "gathering:drafts": 7,
    "gathering:edit_campaign": 6,
    "gathering:edit_interview": 6,
    "gathering:edit_workshop": 5,
    "gathering:export_answers": 8,
    "gathering:from_paper": 6,
    "gathering:home": 8,
    "gathering:interview": 6,
    "gathering:mail_file": 6,
    "gathering:new_campaign": 4,
    "gathering:new_interview": 4,
    "gathering:new_workshop": 4,
    "gathering:paper": 6,
    "gathering:phone": 13,
    "gathering:phone_state": 9,
    "gathering:respond": 6,
    "gathering:resume": 7,
    "gathering:screen": 10,
    "gathering:state": 10,
    "gathering:workshop": 12,
    "importing:faults": 5,
    "importing:home": 6,
    "importing:mapping": 6,
    "importing:review": 5,
    "importing:template": 4,
    "jobs:detail": 5,
    "jobs:progress": 5,
    "ledger:correct": 6,
    "ledger:export": 6,
    "ledger:export_facts": 6,
    "ledger:facts": 8,
    "ledger:file": 6,
    "ledger:label_sheet": 6,
    "ledger:labels": 5,
    "ledger:new_label": 5,
    "ledger:promise": 8,
    "ledger:promises": 11,
    "ledger:record": 7,
    "ledger:scan": 5,
    "ledger:tokens": 6,
    "mail:letters": 7,
    "mail:notifications": 7,
    "matching:assemble": 12,
    "matching:assemble_run": 11,
    "matching:compare": 5,
    "matching:desk": 15,
    "matching:intent": 16,
    "matching:kept": 7,
    "matching:missing": 18,
    "matching:network": 9,
    "matching:network_run": 8,
    "matching:options": 4,
    "matching:record": 5,
    "matching:round_run": 12,
    "matching:rounds": 13,
    "matching:share_out": 10,
    "matching:share_out_run": 9,
    "matching:weights": 8,
    "matching:weights_export": 5,
    "mfa_index": 4,
    "mfa_list_webauthn": 3,
    "pages:accessibility": 2,
    "pages:contact": 2,
    "pages:ground": 5,
    "pages:health": 2,
    "pages:legal": 2,
    "pages:map": 5,
    "pages:pole": 12,
    "pages:privacy": 2,
    "places:search": 2,
    "projects:calendar": 6,
    "projects:detail": 26,
    "projects:edit": 5,
    "projects:edit_meeting": 5,
    "projects:edit_trial": 5,
    "projects:export": 5,
    "projects:file": 6,
    "projects:invitation": 9,
    "projects:list": 9,
    "projects:meeting": 15,
    "projects:meetings": 6,
    "projects:minutes": 13,
    "projects:needs": 3,
    "projects:new": 4,
    "projects:new_meeting": 5,
    "projects:new_pole_meeting": 4,
    "projects:new_trial": 5,
    "projects:sign_in_sheet": 12,
    "projects:task": 8,
    "projects:tasks": 5,
    "projects:trial": 8,
    "synergies:answer_link": 13,
    "synergies:board": 12,
    "synergies:detail": 16,
    "synergies:export": 8,
    "synergies:list": 10,
    "synergies:new": 5,
}
"""The most questions each page asks, session and account included; a page that is not here must be added."""


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world, built once for the file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        vectors = tmp_path_factory.mktemp("vectors")
        with override_settings(VECTOR_CACHE=vectors):
            yield make_whole_world(vectors=vectors)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def team(world: World, django_db_blocker: DjangoDbBlocker) -> Client:
    client = Client()
    account = world.accounts["facilitator"]
    assert account is not None
    with django_db_blocker.unblock():
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def first(world: World, team: Client, django_db_blocker: DjangoDbBlocker) -> dict[str, int]:
    """What each page asks the first time it is read: a worker is then warm."""
    with django_db_blocker.unblock():
        return _asked(world, team)


def _asked(world: World, team: Client) -> dict[str, int]:
    """Return the questions of each page that answers."""
    asked = ((route.name, _questions(route.filled(world), team)) for route in routes())  # type: ignore[arg-type]  # the two worlds have the same pole and keys
    return {name: count for name, count in asked if count is not None}


def _questions(path: str, team: Client) -> int | None:
    with CaptureQueriesContext(connection) as captured:
        answer = team.get(path)
    return len(captured) if answer.status_code == 200 else None


def test_pages__ask_no_more_questions_than_pinned(world: World, team: Client, first: dict[str, int]) -> None:
    paths = {route.name: route.filled(world) for route in routes()}  # type: ignore[arg-type]  # as above
    assert sorted(set(first) - set(MOST)) == [], "écrivez leur nombre dans MOST"
    many = {name for name, count in first.items() if count > MOST[name]}
    again = {name: _questions(paths[name], team) or 0 for name in many}
    assert {name: count for name, count in again.items() if count > MOST[name]} == {}


def test_pages__ask_no_more_questions_of_a_pole_twice_as_large(
    world: World, team: Client, first: dict[str, int]
) -> None:
    twin = {"resource_type": world.need.resource_type, "municipality": world.need.municipality}
    make_intent(
        world.need.kind, pole=world.pole, title=world.need.title, **twin
    )  # a page of twins is not empty
    before = _asked(world, team)
    for intent in world.intents:
        author = make_organisation(f"Maison {intent.title}")
        make_site(author, municipality=intent.municipality)
        make_membership(world.pole, author)
        same = {"resource_type": intent.resource_type, "municipality": intent.municipality}
        made = make_intent(intent.kind, pole=world.pole, author=author, visibility=intent.visibility, **same)
        make_support(made, world.organisations[1])
        make_evidence(world.need, said_by=author.name)
        make_support(world.need, author)
    after = _asked(world, team)
    assert {name: (count, after[name]) for name, count in before.items() if after[name] > count} == {}
