"""Three numbers to say at the next meeting, each with what it counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from maillage.core.french import number
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.days.queries.coverage import MonthCoverage, coverage_by_month
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.facts import live_events


@dataclass(frozen=True, slots=True)
class Said:
    """A number, and the sentence that goes with it; ``about`` says what was counted."""

    number: int
    sentence: str
    about: str


def three_numbers(
    *, pole: Pole, since: date, on: date, coverage: MonthCoverage | None = None
) -> tuple[Said, ...]:
    """Return the three numbers: needs said this year, part of the needs answered, structures that gave or received.

    ``coverage`` is that of the day, when it was read before.
    """
    said = Intent.objects.filter(pole=pole, kind=IntentKind.NEED, said_on__range=(since, on)).count()
    last = coverage or coverage_by_month(pole=pole, on=on, months=1)[0]
    return (
        Said(said, "besoins dits cette année", "Besoins notés depuis le 1er janvier, retirés compris."),
        Said(
            last.percent or 0,
            "besoins sur cent ont trouvé une réponse",
            f"{number(last.answered)} sur {number(last.said)} besoins dits et non retirés, à ce jour.",
        ),
        Said(
            _structures_that_exchanged(pole, since, on),
            "structures ont vraiment coopéré cette année",
            "Structures qui ont donné ou reçu, d’après les faits notés et non corrigés.",
        ),
    )


def _structures_that_exchanged(pole: Pole, since: date, on: date) -> int:
    """Count the structures with one live fact at least: one fact of each is looked up, whatever their number."""
    facts = live_events().filter(pole=pole, happened_on__range=(since, on)).order_by()

    def first_fact(side: str) -> Subquery:
        return Subquery(facts.filter(**{side: OuterRef("pk")}).values("pk")[:1])

    structures = Organisation.objects.order_by().alias(
        gave=first_fact("provider"), received=first_fact("receiver")
    )
    return structures.filter(Q(gave__isnull=False) | Q(received__isnull=False)).count()
