"""Who reads and speaks for a structure of a synergy, and who follows it."""

from dataclasses import dataclass
from datetime import date

from maillage.domain.actors.models import Account, Mandate, Membership, Organisation, Person, Pole
from maillage.domain.actors.queries.directory import running_on
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.mail.recipients import speaking, team_of_pole
from maillage.domain.synergies.models import Synergy


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
        Membership.objects.filter(running_on(on), pole=pole, organisation=organisation).exists()
        or Mandate.objects.filter(running_on(on), pole=pole, organisation=organisation).exists()
    )
    return StructureReader(
        account=None, on=on, organisation_id=organisation.pk, pole_id=pole.pk, is_member=is_member
    )


def speakers_of(*, organisation: Organisation, pole: Pole, on: date) -> list[Person]:
    """Return who speaks for a structure in a pole on a day."""
    rows = speaking(pole_id=pole.pk, on=on).filter(organisation=organisation)
    return list(dict.fromkeys(row.person for row in rows.select_related("person").order_by("pk")))


def team_of(*, synergy: Synergy, on: date) -> list[Account]:
    """Return who is told of a synergy: its owner, or else everybody who runs the pole."""
    if synergy.owner is not None and synergy.owner.is_active:
        return [synergy.owner]
    return team_of_pole(pole_id=synergy.pole_id, on=on)
