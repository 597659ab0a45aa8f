"""Whom one writes to in a structure, and who runs a pole."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Account, Mandate, Membership, Organisation, Person, Pole
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.synergies.models import Synergy

_SPEAKS = (MandateRole.REPRESENTATIVE, MandateRole.SUBSTITUTE, MandateRole.AUTHORITY_AGENT)
_RUNS = (MandateRole.FACILITATOR, MandateRole.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody one writes to; without a person it is the address of the structure."""

    email: str
    person: Person | None


@dataclass(slots=True)
class StructureReader(Viewer):
    """Who reads in the name of one structure, whatever else they are: a letter says the same to all of a structure."""

    organisation_id: int = 0
    pole_id: int = 0
    is_member: bool = False

    def roles_in(self, pole_id: int) -> frozenset[Role]:
        """A member's, in its pole; a visitor's for a structure that is not of the pole."""
        return frozenset({Role.MEMBER if self.is_member and pole_id == self.pole_id else Role.VISITOR})

    def organisations_in(self, pole_id: int) -> frozenset[int]:
        """Its structure alone."""
        return frozenset({self.organisation_id} if pole_id == self.pole_id else ())


def reader_for(*, organisation: Organisation, pole: Pole, on: date) -> StructureReader:
    """Return what a structure may read in a pole: it is of it by its membership or by somebody's mandate."""
    is_member = (
        Membership.objects.filter(_running(on), pole=pole, organisation=organisation).exists()
        or Mandate.objects.filter(_running(on), pole=pole, organisation=organisation).exists()
    )
    return StructureReader(
        account=None, on=on, organisation_id=organisation.pk, pole_id=pole.pk, is_member=is_member
    )


def _running(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def speakers_of(*, organisation: Organisation, pole: Pole, on: date) -> list[Person]:
    """Return who speaks for a structure in a pole on a day."""
    rows = Mandate.objects.filter(_running(on), pole=pole, organisation=organisation, role__in=_SPEAKS)
    return list(dict.fromkeys(row.person for row in rows.select_related("person__account").order_by("pk")))


def _address_of(person: Person) -> str:
    """Return a person's own address, or else their account's."""
    account = getattr(person, "account", None)
    return person.email or (account.email if account is not None and account.is_active else "")


def recipients_of(*, organisation: Organisation, pole: Pole, on: date) -> list[Recipient]:
    """Return whom to write to: its representatives who have an address, or else the address of the structure."""
    found = {
        email.lower(): Recipient(email, one)
        for one in reversed(speakers_of(organisation=organisation, pole=pole, on=on))
        if (email := _address_of(one))
    }
    if found:
        return list(reversed(found.values()))
    return [Recipient(organisation.email, None)] if organisation.email else []


def team_of(*, synergy: Synergy, on: date) -> list[Account]:
    """Return who is told of a synergy: its owner, or else everybody who runs the pole."""
    if synergy.owner is not None and synergy.owner.is_active:
        return [synergy.owner]
    rows = Account.objects.filter(
        is_active=True,
        person__in=Mandate.objects.filter(_running(on), pole=synergy.pole, role__in=_RUNS).values("person"),
    )
    return list(rows.order_by("pk"))
