"""Whom one writes to in a structure, and who runs a pole, on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Account, Mandate, Organisation, Person
from maillage.domain.actors.queries.directory import running_on

_SPEAKS = (MandateRole.REPRESENTATIVE, MandateRole.SUBSTITUTE, MandateRole.AUTHORITY_AGENT)
_RUNS = (MandateRole.FACILITATOR, MandateRole.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody one writes to; without a person it is the address of the structure."""

    email: str
    person: Person | None


def speaking(*, pole_id: int, on: date) -> QuerySet[Mandate]:
    """Return the mandates of those who speak for a structure in a pole."""
    return _running(pole_id, on).filter(role__in=_SPEAKS)


def recipients_of(*, organisation: Organisation, pole_id: int, on: date) -> list[Recipient]:
    """Return the representatives that have an address, of their own or of their account; else the structure's."""
    rows = speaking(pole_id=pole_id, on=on).filter(organisation=organisation)
    found: dict[str, Recipient] = {}
    for row in rows.select_related("person__account").order_by("pk"):
        account = getattr(row.person, "account", None)
        email = row.person.email or (account.email if account is not None and account.is_active else "")
        if email:
            found.setdefault(email.lower(), Recipient(email, row.person))
    if not found and organisation.email:
        return [Recipient(organisation.email, None)]
    return list(found.values())


def team_of_pole(*, pole_id: int, on: date) -> list[Account]:
    """Return the accounts of those who run the pole."""
    people = _running(pole_id, on).filter(role__in=_RUNS).values("person")
    rows = Account.objects.filter(is_active=True, person__in=people).select_related("person")
    return list(rows.order_by("pk"))


def _running(pole_id: int, on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(running_on(on), pole_id=pole_id)
