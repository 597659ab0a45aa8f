"""See the network: who deals with whom, from agreements and events; carried out, then told with names."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.matching.bridges.network import DatedLink, network_study
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.listening import Listener
from maillage.domain.matching.studies.outcome import StudyInput, StudyOutcome

_MARK = re.compile(r"⟦(\d+)⟧")
NOBODY = "Une structure"
EVENT_LASTS = timedelta(days=365)
"""How long two structures stay linked by something done together, once: a convention of Maillage, told on the page."""


def mark(organisation_id: int) -> str:
    """What stands for a structure inside a result: its number, never its name."""
    return f"⟦{organisation_id}⟧"


def carry_out(given: StudyInput) -> StudyOutcome:
    """Measure the network of a pole. Raises ``UserMistake`` when nobody has dealt with anybody yet."""
    listener = Listener(given.progress, total=2)
    listener.step(0, "Lire les accords et les faits")
    links = [*_promised(given.pole), *_done(given.pole)]
    if not links:
        raise UserMistake("Aucun accord ni aucun fait entre deux structures n’est encore noté.")
    known = {end for link in links for end in (link.one, link.other)}
    sponsor = given.pole.sponsors.filter(until=None).values_list("organisation_id", flat=True).first()
    holder = mark(sponsor) if sponsor is not None and mark(sponsor) in known else None
    listener.step(1, "Mesurer")
    return network_study(
        links,
        today=given.today,
        facilitator=holder,
        needs=_types(given.pole, IntentKind.NEED, known),
        offers=_types(given.pole, IntentKind.OFFER, known),
        cancelled=listener.cancelled,
    )


def _promised(pole: Pole) -> list[DatedLink]:
    rows = Commitment.objects.filter(
        agreement__pole=pole, agreement__state__in=[AgreementState.ACTIVE, AgreementState.ENDED]
    ).exclude(agreement__starts_on=None)
    values = rows.values_list(
        "provider_id", "receiver_id", "agreement__starts_on", "agreement__ends_on", "agreement_id"
    )
    return [
        DatedLink(mark(one), mark(other), first, last, str(agreement))
        for one, other, first, last, agreement in values.order_by("pk")
        if one != other and first is not None
    ]


def _done(pole: Pole) -> list[DatedLink]:
    rows = EconomicEvent.objects.filter(pole=pole, corrected_by=None, quantity__gt=0)
    values = rows.values_list("provider_id", "receiver_id", "happened_on").order_by("pk")
    return [
        DatedLink(mark(one), mark(other), day, day + EVENT_LASTS, "")
        for one, other, day in values
        if one != other
    ]


def _types(pole: Pole, kind: str, known: set[str]) -> dict[str, frozenset[str]]:
    rows = Intent.objects.filter(pole=pole, kind=kind, state=IntentState.OPEN, resource_type__isnull=False)
    found: dict[str, set[str]] = defaultdict(set)
    for author, label in rows.values_list("author_id", "resource_type__label").order_by("pk"):
        if mark(author) in known:
            found[mark(author)].add(label)
    return {name: frozenset(types) for name, types in found.items()}


@dataclass(frozen=True, slots=True)
class NetworkShown:
    """A network as its page tells it, with the names."""

    told: dict[str, Any]
    names: dict[str, str]


def read_network(*, run: MatchingRun) -> NetworkShown:
    """Return a network with the present names of its structures."""
    keys = [int(one["key"].strip("⟦⟧")) for one in run.result["actors"]]
    names = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))
    by_mark = {mark(key): names.get(key, NOBODY) for key in keys}
    return NetworkShown(_named(run.result, by_mark), by_mark)


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _MARK.sub(lambda found: names.get(found[0], NOBODY), value)
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    if isinstance(value, dict):
        return {
            key: value[key] if key in {"key", "links", "proposed"} else _named(value[key], names)
            for key in value
        }
    return value
