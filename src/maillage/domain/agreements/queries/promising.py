"""What the form of a promise may choose: gestures, the things of the parties, and how it reads a first draft of it."""

from django.db.models import Case, IntegerField, Value, When

from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.templates import Template
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import SOLO_ACTIONS
from maillage.domain.ledger.models import Action, Agreement, Resource

Choice = tuple[str, str]
MONEY = "argent"


def gestures_for(template: Template | None) -> list[Choice]:
    """Return the gestures between two structures, those of the template first."""
    first = template.gestures if template else ()
    ranked = Case(
        *(When(code=code, then=Value(at)) for at, code in enumerate(first)),
        default=Value(len(first)),
        output_field=IntegerField(),
    )
    rows = Action.objects.exclude(code__in=SOLO_ACTIONS).annotate(rank=ranked).order_by("rank", "label")
    return [(row.code, row.label) for row in rows]


def things_of(parties: list[Organisation]) -> list[Choice]:
    """Return the things of the parties that one may lend or give."""
    rows = Resource.objects.filter(owner__in=parties).select_related("owner").order_by("name", "pk")
    return [(str(row.pk), f"{row.name} ({row.owner.name})") for row in rows]


def thing_of(*, parties: list[Organisation], pk: int) -> Resource | None:
    """Return one of those things."""
    return Resource.objects.filter(owner__in=parties, pk=pk).select_related("owner").first()


def money_type() -> ResourceType | None:
    """Return the type of a plain payment."""
    return ResourceType.objects.filter(code=MONEY).first()


def has_promises(agreement: Agreement) -> bool:
    """Say whether a promise was already noted, be it taken out since."""
    return agreement.commitments.exists()


def said_before(intent: Intent | None) -> dict[str, str]:
    """Return what an intent already says, to start a promise from it."""
    if intent is None or intent.resource_type is None:
        return {}
    quantity = "" if intent.quantity is None else f"{intent.quantity.normalize():f}".replace(".", ",")
    return {"resource_type": intent.resource_type.code, "quantity": quantity, "unit": intent.unit}
