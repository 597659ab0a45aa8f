"""How one says a gesture once it is done, and what a page says of a promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maillage.core.french import plural
from maillage.core.quantities import Quantity
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.queries import Progress

DONE: dict[str, str] = {
    "cite": "S’est appuyé",
    "consume": "Consommé",
    "deliver-service": "Rendu",
    "dropoff": "Déposé",
    "lower": "Compté en moins",
    "modify": "Réparé",
    "pay": "Payé",
    "pickup": "Enlevé",
    "produce": "Produit",
    "raise": "Compté en plus",
    "transfer": "Livré",
    "transfer-custody": "Confié",
    "use": "Utilisé",
    "work": "Travaillé",
}
Parts = list[tuple[str, Decimal, str]]


def done_word(action: str) -> str:
    """Say a gesture once it is done: « Livré », « Pesé », « Payé »."""
    return DONE.get(action, "Fait")


@dataclass(frozen=True, slots=True)
class Advance:
    """A bar and its sentence: what is done, what remains, whether it is late or beyond."""

    parts: Parts
    sentence: str
    is_late: bool
    is_done: bool


def advance_of(found: Progress) -> Advance:
    """Say how far a promise is: what is late is missing, what is not due yet stays promised."""
    is_done = found.state == CommitmentState.FULFILLED
    if found.promised is None:
        times = found.times
        said = f"{times} fois" if times else "Pas commencé"
        return Advance([], "Fait" if is_done else said, found.is_late, is_done)
    done = found.done.value if found.done else Decimal(0)
    left = found.remaining.value if found.remaining else Decimal(0)
    unit = found.promised.unit
    said = f"{Quantity(done, unit)} sur {found.promised}"
    if done > found.promised.value:
        said += f", {Quantity(done - found.promised.value, unit)} de plus que promis"
    elif is_done and left > 0:
        said += ", tenu ainsi"
    elif left > 0 and done > 0:
        said += f", {plural(left, 'reste', 'restent')} {Quantity(left, unit)}"
    kind = "missing" if found.is_late else "promised"
    return Advance([("done", done, ""), (kind, left, "")], said, found.is_late, is_done)


def promises_sentence(late: int, month: int) -> str:
    """Say in words what the list of promises holds."""
    said: Sequence[str] = [
        f"{late} {plural(late, 'engagement en retard', 'engagements en retard')}" if late else "",
        f"{month} ce mois-ci" if month else "",
    ]
    return ", ".join(one for one in said if one)
