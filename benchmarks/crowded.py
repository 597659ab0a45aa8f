"""A crowded pole beside the demonstration: invented rows by the thousand, for pages under load. Fixed seed."""

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

SEED = 20_261_124
BATCH = 5_000
WORDS = (
    "compost",
    "fourgon",
    "salle",
    "atelier",
    "cantine",
    "palette",
    "collecte",
    "couture",
    "broyeur",
    "bureau",
)
PLACES = (
    "du Canal",
    "des Tilleuls",
    "de la Gare",
    "du Marché",
    "des Prés",
    "du Moulin",
    "de la Forge",
    "du Lac",
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many rows of each kind."""

    organisations: int = 2_000
    intents: int = 20_000
    agreements: int = 5_000
    events: int = 200_000


def crowd(pole: Any, wanted: Crowd) -> None:
    """Fill the pole; every row is invented and says so."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by the caller
    from django.utils import timezone  # noqa: PLC0415

    draw, on, at = random.Random(SEED), timezone.localdate(), timezone.now()
    with transaction.atomic():
        structures = _organisations(pole, wanted.organisations, draw, on)
        _intents(pole, structures, wanted.intents, draw, on)
        promises = _agreements(pole, structures, wanted.agreements, draw, on)
        _events(pole, promises, wanted.events, draw, on, at)
    _analyse()


def _made(model: Any, rows: Any) -> list[Any]:
    from django.db import connection  # noqa: PLC0415 - Django is set up by the caller

    made, rows = [], iter(rows)
    while batch := list(islice(rows, BATCH)):
        made += model.objects.bulk_create(batch)
        connection.check_constraints()  # what waits for the end makes each insertion cost more than the last
    return made


def _organisations(pole: Any, count: int, draw: random.Random, on: Any) -> list[Any]:
    from maillage.domain.actors.enums import ActorFamily  # noqa: PLC0415
    from maillage.domain.actors.models import Membership, Organisation, Site  # noqa: PLC0415

    towns = list(pole.territory.municipalities.filter(latitude__isnull=False))
    made = _made(
        Organisation,
        (
            Organisation(
                name=f"{draw.choice(WORDS).capitalize()} {draw.choice(PLACES)} n° {number} (inventée)",
                family=draw.choice(ActorFamily.values),
                is_fictional=True,
            )
            for number in range(count)
        ),
    )
    _made(Site, (Site(organisation=one, municipality=draw.choice(towns), is_head=True) for one in made))
    since = on - timedelta(days=400)
    _made(Membership, (Membership(pole=pole, organisation=one, since=since) for one in made[::4]))
    return made


def _intents(pole: Any, structures: list[Any], count: int, draw: random.Random, on: Any) -> None:
    from maillage.domain.catalogue.models import ResourceType  # noqa: PLC0415
    from maillage.domain.exchanges.enums import IntentKind, Visibility  # noqa: PLC0415
    from maillage.domain.exchanges.models import Intent  # noqa: PLC0415

    kinds = list(ResourceType.objects.filter(dimension="mass")[:200])
    towns = list(pole.territory.municipalities.filter(latitude__isnull=False))
    visible = [*Visibility.values, Visibility.PUBLIC, Visibility.MEMBERS]
    rows = (
        Intent(
            kind=draw.choice(IntentKind.values),
            pole=pole,
            author=draw.choice(structures),
            municipality=draw.choice(towns),
            resource_type=draw.choice(kinds),
            title=f"{draw.choice(WORDS).capitalize()} {draw.choice(PLACES)}, lot {number}",
            quantity=Decimal(draw.randrange(1, 90)),
            unit="t",
            visibility=draw.choice(visible),
            state="open" if draw.random() < 0.7 else "covered",
            said_on=(said := on - timedelta(days=draw.randrange(700))),
            confirmed_on=said,
        )
        for number in range(count)
    )
    _made(Intent, rows)


def _agreements(pole: Any, structures: list[Any], count: int, draw: random.Random, on: Any) -> list[Any]:
    from maillage.domain.catalogue.models import ResourceType  # noqa: PLC0415
    from maillage.domain.ledger.models import Agreement, AgreementParty, Commitment  # noqa: PLC0415

    kind = ResourceType.objects.filter(dimension="mass").first()
    made = _made(
        Agreement,
        (
            Agreement(
                pole=pole,
                title=f"Accord inventé n° {number}",
                starts_on=(start := on - timedelta(days=draw.randrange(30, 700))),
                ends_on=start + timedelta(days=900),
            )
            for number in range(count)
        ),
    )
    pairs = [draw.sample(structures, 2) for _ in made]
    _made(
        AgreementParty,
        (
            AgreementParty(agreement=one, organisation=party, consented_on=one.starts_on)
            for one, pair in zip(made, pairs, strict=True)
            for party in pair
        ),
    )
    promises = _made(
        Commitment,
        (
            Commitment(
                pole=pole,
                agreement=one,
                action_id="transfer",
                provider=giver,
                receiver=taker,
                resource_type=kind,
                quantity=Decimal(400),
                unit="t",
                due_on=one.ends_on,
            )
            for one, (giver, taker) in zip(made, pairs, strict=True)
        ),
    )
    # An agreement takes promises while it is a draft and runs once all have said yes: the database asks, here too.
    keys = [one.pk for one in made]
    Agreement.objects.filter(pk__in=keys).update(state="active")
    Agreement.objects.filter(pk__in=keys[::3]).update(state="ended")
    return promises


def _events(pole: Any, promises: list[Any], count: int, draw: random.Random, on: Any, at: Any) -> None:
    from maillage.domain.ledger.models import EconomicEvent  # noqa: PLC0415

    rows = (
        EconomicEvent(
            pole=pole,
            action_id="transfer",
            provider_id=one.provider_id,
            receiver_id=one.receiver_id,
            resource_type_id=one.resource_type_id,
            commitment=one,
            quantity=Decimal(draw.randrange(1, 20)),
            unit="t",
            happened_on=on - timedelta(days=draw.randrange(700)),
            recorded_at=at,
        )
        for number in range(count)
        for one in (promises[number % len(promises)],)
    )
    _made(EconomicEvent, rows)


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
