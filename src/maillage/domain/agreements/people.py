"""Whom one writes to about an agreement: the representatives of each party, and who runs the pole."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Account, Mandate, Organisation, Person
from maillage.domain.ledger.models import Agreement

_SPEAKS = (MandateRole.REPRESENTATIVE, MandateRole.SUBSTITUTE, MandateRole.AUTHORITY_AGENT)
_RUNS = (MandateRole.FACILITATOR, MandateRole.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody one writes to; without a person it is the address of the structure."""

    email: str
    person: Person | None
    organisation: Organisation | None


def _running(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def readers_of_party(*, organisation: Organisation, pole_id: int, on: date) -> list[Reader]:
    """Return the representatives that have an address, else the address of the structure."""
    rows = Mandate.objects.filter(_running(on), pole_id=pole_id, organisation=organisation, role__in=_SPEAKS)
    found: dict[str, Reader] = {}
    for row in rows.select_related("person__account").order_by("pk"):
        account = getattr(row.person, "account", None)
        email = row.person.email or (account.email if account is not None and account.is_active else "")
        if email:
            found.setdefault(email.lower(), Reader(email, row.person, organisation))
    if not found and organisation.email:
        return [Reader(organisation.email, None, organisation)]
    return list(found.values())


def team_of(*, pole_id: int, on: date) -> list[Account]:
    """Return the accounts of those who run the pole."""
    people = Mandate.objects.filter(_running(on), pole_id=pole_id, role__in=_RUNS).values("person")
    rows = Account.objects.filter(is_active=True, person__in=people).select_related("person")
    return list(rows.order_by("pk"))


def accounts_of_parties(*, agreement: Agreement, on: date) -> list[Account]:
    """Return the accounts of the representatives of the parties."""
    people = Mandate.objects.filter(
        _running(on),
        pole_id=agreement.pole_id,
        role__in=_SPEAKS,
        organisation__in=agreement.parties.values("organisation"),
    ).values("person")
    return list(Account.objects.filter(is_active=True, person__in=people).order_by("pk"))
