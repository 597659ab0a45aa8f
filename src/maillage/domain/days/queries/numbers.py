"""Three numbers to say at the next meeting, each with what it counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from maillage.domain.actors.models import Pole
from maillage.domain.days.queries.coverage import coverage_by_month
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.facts import live_events


@dataclass(frozen=True, slots=True)
class Said:
    """A number, and the sentence that goes with it; ``about`` says what was counted."""

    number: int
    sentence: str
    about: str


def three_numbers(*, pole: Pole, since: date, on: date) -> tuple[Said, ...]:
    """Return the three numbers: needs said this year, part of the needs answered, structures that gave or received."""
    said = Intent.objects.filter(pole=pole, kind=IntentKind.NEED, said_on__range=(since, on)).count()
    last = coverage_by_month(pole=pole, on=on, months=1)[0]
    events = live_events().filter(pole=pole, happened_on__range=(since, on))
    pairs = events.order_by().values_list("provider_id", "receiver_id").filter(~Q(provider=None)).distinct()
    structures = {key for pair in pairs for key in pair}
    return (
        Said(said, "besoins dits cette année", "Besoins notés depuis le 1er janvier, retirés compris."),
        Said(
            last.percent or 0,
            "besoins sur cent ont trouvé une réponse",
            f"{last.answered} sur {last.said} besoins dits et non retirés, à ce jour.",
        ),
        Said(
            len(structures),
            "structures ont vraiment coopéré cette année",
            "Structures qui ont donné ou reçu, d’après les faits notés et non corrigés.",
        ),
    )
