"""Whom one writes to in a structure, and who runs a pole, on a day."""

from collections.abc import Sequence
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
    return recipients_of_each(organisations=[organisation], pole_id=pole_id, on=on)[organisation.pk]


def recipients_of_each(
    *, organisations: Sequence[Organisation], pole_id: int, on: date
) -> dict[int, list[Recipient]]:
    """Return the same for several structures, in one question."""
    rows = speaking(pole_id=pole_id, on=on).filter(organisation__in=organisations)
    found: dict[int, dict[str, Recipient]] = {one.pk: {} for one in organisations}
    for row in rows.select_related("person__account").order_by("pk"):
        account = getattr(row.person, "account", None)
        email = row.person.email or (account.email if account is not None and account.is_active else "")
        if email and row.organisation_id is not None:
            found[row.organisation_id].setdefault(email.lower(), Recipient(email, row.person))
    for one in organisations:
        if not found[one.pk] and one.email:
            found[one.pk][one.email.lower()] = Recipient(one.email, None)
    return {pk: list(readers.values()) for pk, readers in found.items()}


def team_of_pole(*, pole_id: int, on: date) -> list[Account]:
    """Return the accounts of those who run the pole."""
    people = _running(pole_id, on).filter(role__in=_RUNS).values("person")
    rows = Account.objects.filter(is_active=True, person__in=people).select_related("person")
    return list(rows.order_by("pk"))


def _running(pole_id: int, on: date) -> QuerySet[Mandate]:
    return Mandate.objects.filter(running_on(on), pole_id=pole_id)
