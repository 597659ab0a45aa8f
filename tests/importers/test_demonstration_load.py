"""The demonstration in the database: written by the rooms' operations, once, and found again by the matching."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import transaction
from pytest_django import DjangoDbBlocker

from maillage.domain.actors.models import Account, Membership, Organisation, Person
from maillage.domain.actors.viewer import viewer_of
from maillage.domain.agreements.operations import Doors
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.days.queries.funnel import funnel_of
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.ledger.models import Agreement, Commitment, EconomicEvent
from maillage.domain.matching import bridge
from maillage.domain.matching.problem_rows import PairRefused, Solution
from maillage.domain.matching.rows import catalogue_table, set_aside_pairs, sides_of
from maillage.domain.places.models import Municipality, PositionSource
from maillage.domain.places.operations import load_geography
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.models import Synergy
from maillage.importers.demonstration import Demonstration, our_world, read_demonstration
from maillage.importers.demonstration.load import (
    DemonstrationSummary,
    load_demonstration,
    renew_demonstration_accounts,
)
from maillage.importers.municipalities import Division, read_division

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DOORS = Doors(reading="https://maillage.test/lire/", sheet="/accord", site="https://maillage.test")
ADDRESSES = Addresses(
    answer=lambda pole, token: f"https://maillage.test/{pole}/{token}",
    sheet=lambda pole, pk: f"/{pole}/{pk}",
    site="https://maillage.test",
)


def doors_of(_: Agreement) -> Doors:
    return DOORS


@cache
def rows() -> Demonstration:
    return read_demonstration(world=our_world())


@cache
def territory() -> frozenset[str]:
    return our_world().communes_of(rows().pole.territory)


@cache
def division() -> Division:
    whole = read_division()
    near = tuple(row for row in whole.municipalities if row.department in {"18", "45", "89"})
    return replace(whole, municipalities=near)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemonstrationSummary]:
    """The demonstration, loaded once for the file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_ground()
        yield load_demonstration(today=TODAY, now=NOW, addresses=ADDRESSES, doors=doors_of)
        transaction.set_rollback(True)


def load_ground() -> None:
    load_geography(
        regions=division().regions,
        departments=division().departments,
        bodies=division().intermunicipal_bodies,
        municipalities=division().municipalities,
        source=PositionSource.PACKAGE,
    )
    load_catalogue()


def everything() -> dict[str, str]:
    """Every row of the rooms as text, the secrets of the accounts left out."""
    kept: dict[str, str] = {}
    for room in ("places", "actors", "exchanges", "ledger", "matching", "synergies", "mail"):
        for model in apps.get_app_config(room).get_models():
            if model is not Account:
                rows = model._default_manager.order_by("pk")
                kept[model._meta.label] = serializers.serialize("json", rows)
    return kept


def test_load_demonstration__writes_all_of_it(loaded: DemonstrationSummary) -> None:
    assert loaded.pole.name == "Berry & Gâtinais en commun"
    assert loaded.pole.is_demonstration
    assert Organisation.objects.filter(is_fictional=True, siren__isnull=True).count() == len(
        rows().organisations
    )
    answered = sum(row.answered is not None for row in rows().intents)
    assert Intent.objects.filter(pole=loaded.pole, state="open").count() == len(rows().intents) - answered
    assert Intent.objects.filter(pole=loaded.pole, state="covered").count() == answered > 0
    assert Membership.objects.filter(pole=loaded.pole).count() == len(rows().memberships)
    assert (Agreement.objects.count(), Commitment.objects.count()) == (10, 16)
    assert EconomicEvent.objects.count() == len(rows().ledger.events)


def test_load_demonstration__a_second_time_changes_nothing(loaded: DemonstrationSummary) -> None:
    before = everything()
    again = load_demonstration(
        today=date(2027, 3, 1),
        now=datetime(2027, 3, 1, 8, tzinfo=UTC),
        addresses=ADDRESSES,
        doors=doors_of,
    )
    assert again.changed == 0
    assert everything() == before


def test_load_demonstration__covers_its_whole_territory(loaded: DemonstrationSummary) -> None:
    codes = set(loaded.pole.territory.municipalities.values_list("code", flat=True))
    assert codes == territory()
    assert Municipality.objects.get(code="18039").position_source == PositionSource.DEMONSTRATION


def test_load_demonstration__opens_an_account_for_each_role(loaded: DemonstrationSummary) -> None:
    assert {one.role for one in loaded.accounts} == {
        "member", "board", "authority_agent", "facilitator", "network", "administrator",
    }  # fmt: skip
    for one in loaded.accounts:
        account = Account.objects.get(email=one.email)
        assert account.check_password(one.password)
        assert one.password not in account.password
        assert one.role in viewer_of(account=account, on=TODAY).roles_in(loaded.pole.pk)
        assert not account.is_staff


def test_load_demonstration__draws_new_passwords_each_time(loaded: DemonstrationSummary) -> None:
    renewed = renew_demonstration_accounts()
    assert [one.email for one in renewed.accounts] == [one.email for one in loaded.accounts]
    assert not {one.password for one in renewed.accounts} & {one.password for one in loaded.accounts}
    assert renewed.changed == 0


def test_load_demonstration__says_each_thing_on_its_own_day(loaded: DemonstrationSummary) -> None:
    need = Intent.objects.get(source_id="composter-forges")
    assert need.said_on == need.confirmed_on == date(2026, 11, 19)
    assert StateChange.objects.get(intent=need).at.date() == date(2026, 11, 19)
    assert need.evidence.get().person == Person.objects.get(email="lea.morin@example.org")
    assert need.evidence.get().people_concerned == 620
    assert need.supports.get().organisation.name == "Cantine associative de la Fontaine d’Osier"


def test_load_demonstration__promised_and_done_differ(loaded: DemonstrationSummary) -> None:
    states = Counter(Commitment.objects.values_list("state", flat=True))
    assert states == {"fulfilled": 5, "promised": 11}
    assert Agreement.objects.get(state="ended").title.startswith("Six mois d’épluchures")
    assert EconomicEvent.objects.get(corrects__isnull=False).quantity == 220


def test_load_demonstration__synergies_are_in_every_main_state(loaded: DemonstrationSummary) -> None:
    states = Counter(Synergy.objects.filter(pole=loaded.pole).values_list("state", flat=True))
    assert states == dict.fromkeys(("detected", "proposed", "interested", "talks", "running", "refused"), 1)
    assert Synergy.objects.get(state="running").agreement.title.startswith("Le fourgon prêté")
    assert Synergy.objects.get(state="talks").due_on < TODAY


def test_load_demonstration__the_funnel_goes_down_to_facts(loaded: DemonstrationSummary) -> None:
    funnel = funnel_of(pole=loaded.pole, since=date(2026, 1, 1))
    counts = [step.count for step in funnel.steps]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] >= 3


def test_load_demonstration__a_booked_tuesday_is_a_tuesday(loaded: DemonstrationSummary) -> None:
    booked = Commitment.objects.filter(resource__name__startswith="Fourgon")
    assert {one.during.lower.astimezone().weekday() for one in booked} == {1}


def test_load_demonstration__matching_finds_what_is_expected(
    loaded: DemonstrationSummary, tmp_path: Path
) -> None:
    expected = rows().expected
    key = dict(Intent.objects.values_list("source_id", "pk"))
    needs, offers = sides_of(pole=loaded.pole, on=TODAY)
    problem = bridge.build_problem(
        needs=needs,
        offers=offers,
        catalogue=catalogue_table(),
        set_aside=set_aside_pairs(pole=loaded.pole),
        encoder=bridge.encoder_named("lexical", tmp_path),
        today=TODAY,
    )
    solution = bridge.solve(problem=problem, k=5, seed=0)
    best = {pair.need: pair.offer for pair in solution.pairs if pair.rank_for_need == 1}
    for pair in expected.pairs:
        said = bridge.explain_pair(problem=problem, need=str(key[pair.need]), offer=str(key[pair.offer]))
        refusal = said.code if isinstance(said, PairRefused) else ""
        assert refusal == pair.refusal, (pair.need, pair.offer)
        assert not pair.best or best[str(key[pair.need])] == str(key[pair.offer]), (pair.need, pair.offer)
    for need, together in expected.together.items():
        shares = [_covered(solution, key[need], key[offer]) for offer in together]
        assert all(0 < share < 1000 for share in shares), need
        assert sum(shares) >= 999, need
    assert not {str(key[need]) for need in expected.unanswered} & best.keys()


def _covered(solution: Solution, need: int, offer: int) -> int:
    pairs = {(pair.need, pair.offer): pair.covered_per_mille for pair in solution.pairs}
    return pairs[str(need), str(offer)]
