"""Who looks: an account, its roles in each pole on a given day, the organisations it speaks for.

A role comes from a mandate that runs that day. Somebody without account, or without mandate in the pole, is a visitor.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Account, Mandate


class Role(StrEnum):
    """The seven roles; what each may do is written in the rooms' policies."""

    VISITOR = "visitor"
    MEMBER = "member"
    BOARD = "board"
    AUTHORITY_AGENT = "authority_agent"
    FACILITATOR = "facilitator"
    NETWORK = "network"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: dict[Role, str] = {
    Role.VISITOR: "visite",
    Role.MEMBER: "membre",
    Role.BOARD: "bureau",
    Role.AUTHORITY_AGENT: "collectivité",
    Role.FACILITATOR: "animation",
    Role.NETWORK: "réseau",
    Role.ADMINISTRATOR: "administration",
}

_ROLE_OF: dict[str, Role] = {
    MandateRole.REPRESENTATIVE: Role.MEMBER,
    MandateRole.SUBSTITUTE: Role.MEMBER,
    MandateRole.BOARD: Role.BOARD,
    MandateRole.AUTHORITY_AGENT: Role.AUTHORITY_AGENT,
    MandateRole.FACILITATOR: Role.FACILITATOR,
    MandateRole.NETWORK: Role.NETWORK,
    MandateRole.ADMINISTRATOR: Role.ADMINISTRATOR,
}

# Whom one names beside such a mandate is where one comes from, not whom one speaks for.
_READS_ONLY = frozenset({MandateRole.BOARD.value, MandateRole.NETWORK.value})
_OF_THE_POLE = frozenset(
    {Role.MEMBER, Role.BOARD, Role.AUTHORITY_AGENT, Role.FACILITATOR, Role.ADMINISTRATOR}
)


@dataclass(slots=True)
class Viewer:
    """Somebody who looks at the pages; mandates are read once, at the first question."""

    account: Account | None
    on: date
    chosen_organisation: int | None = None
    _mandates: list[Mandate] | None = field(default=None, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """Whether there is an account."""
        return self.account is not None

    def mandates(self) -> list[Mandate]:
        """Every mandate that runs today, with its pole and organisation."""
        if self._mandates is None:
            self._mandates = self._read_mandates()
        return self._mandates

    def _read_mandates(self) -> list[Mandate]:
        if self.account is None or self.account.person_id is None:
            return []
        running = Q(since__lte=self.on) & (Q(until__isnull=True) | Q(until__gt=self.on))
        return list(
            Mandate.objects.filter(running, person_id=self.account.person_id).select_related(
                "pole__territory", "organisation"
            )
        )

    def roles_in(self, pole_id: int) -> frozenset[Role]:
        """The roles held in one pole; at least ``VISITOR``."""
        held = {_ROLE_OF[mandate.role] for mandate in self.mandates() if mandate.pole_id == pole_id}
        return frozenset(held or {Role.VISITOR})

    def organisations_in(self, pole_id: int) -> frozenset[int]:
        """The organisations this person speaks for in one pole; the board and the network speak for none."""
        return frozenset(
            mandate.organisation_id
            for mandate in self.mandates()
            if mandate.pole_id == pole_id
            and mandate.organisation_id is not None
            and mandate.role not in _READS_ONLY
        )

    def acts_for(self, pole_id: int) -> int | None:
        """The organisation in whose name one acts: the chosen one, else the only one, else none."""
        mine = self.organisations_in(pole_id)
        if self.chosen_organisation in mine:
            return self.chosen_organisation
        return next(iter(mine)) if len(mine) == 1 else None

    def reads_across(self) -> bool:
        """Whether this person is of a network somewhere."""
        return any(mandate.role == MandateRole.NETWORK for mandate in self.mandates())

    def runs(self, pole_id: int) -> bool:
        """Whether this person facilitates or administers the pole."""
        return bool(self.roles_in(pole_id) & {Role.FACILITATOR, Role.ADMINISTRATOR})

    def belongs(self, pole_id: int) -> bool:
        """Whether this person is of the pole: member, board, authority's agent, facilitator or administrator."""
        return bool(self.roles_in(pole_id) & _OF_THE_POLE)

    def oversees(self, pole_id: int) -> bool:
        """Whether this person reads the pole's working papers: its board, and those who run it."""
        return self.runs(pole_id) or Role.BOARD in self.roles_in(pole_id)


def viewer_of(
    *, account: AbstractBaseUser | AnonymousUser | None, on: date, chosen_organisation: int | None = None
) -> Viewer:
    """Return the viewer for a signed-in account or for anybody."""
    known = account if isinstance(account, Account) and account.is_active else None
    return Viewer(account=known, on=on, chosen_organisation=chosen_organisation)
