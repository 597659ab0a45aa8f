"""Who may be asked to a meeting: people of the pole, with the structure they speak for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Mandate, Membership, Person, Pole
from maillage.domain.projects.models import Project
from maillage.domain.projects.running import runs_on


@dataclass(frozen=True, slots=True)
class Seat:
    """A person and the structure they speak for, if any."""

    person_id: int
    name: str
    email: str
    organisation_id: int | None
    organisation: str

    @property
    def label(self) -> str:
        """The name, and the structure after it."""
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


def seats_of_pole(*, pole: Pole, on: date) -> list[Seat]:
    """Return everybody who has a role in the pole, once each, by name."""
    return _seats(Q(pole=pole), on)


def seats_of_project(*, project: Project, on: date) -> list[Seat]:
    """Return those who speak for the structures of a project, and those who run its pole."""
    parties = set(project.parties.filter(runs_on(on)).values_list("organisation_id", flat=True))
    if project.process.lead_id is not None:
        parties.add(project.process.lead_id)
    team = Q(role__in=[MandateRole.FACILITATOR])
    return _seats(Q(pole=project.process.pole_id) & (Q(organisation__in=parties) | team), on)


def seats_of_members(*, pole: Pole, on: date) -> list[Seat]:
    """Return those who represent the members of the pole: whom an assembly calls."""
    members = Membership.objects.filter(runs_on(on), pole=pole).order_by().values("organisation_id")
    return _seats(Q(pole=pole, organisation__in=members), on)


def _seats(asked: Q, on: date) -> list[Seat]:
    rows = (
        Mandate.objects.filter(asked, runs_on(on))
        .select_related("person__account", "organisation")
        .order_by("person__folded", "person__given_name", "person_id", "organisation_id")
    )
    seats: dict[int, Seat] = {}
    for row in rows:
        known = seats.get(row.person_id)
        if known is not None and (known.organisation_id is not None or row.organisation is None):
            continue
        seats[row.person_id] = Seat(
            person_id=row.person_id,
            name=str(row.person),
            email=address_of(row.person),
            organisation_id=row.organisation_id,
            organisation=row.organisation.name if row.organisation else "",
        )
    return list(seats.values())


def address_of(person: Person) -> str:
    """Return where to write to somebody: their own address, else that of their account."""
    account = getattr(person, "account", None)
    return person.email or (account.email if account is not None else "")
