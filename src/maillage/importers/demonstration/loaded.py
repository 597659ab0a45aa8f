"""What a loading has at hand while it runs: the rows, the day, and the objects already there, by key."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import ROLE_LABELS, Role
from maillage.domain.agreements.operations import Doors
from maillage.domain.catalogue.models import Authorisation, ResourceType
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.models import Agreement
from maillage.domain.places.models import Municipality
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.models import Synergy
from maillage.importers.demonstration.schema import Demonstration


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """An account to try a role with; its password is known here and nowhere else."""

    role: str
    email: str
    name: str
    password: str

    @property
    def label(self) -> str:
        """The role in French."""
        return ROLE_LABELS[Role(self.role)].capitalize()


DoorsOf = Callable[[Agreement], Doors]


@dataclass
class Loaded:
    """The state of one loading; ``created`` counts what it writes."""

    rows: Demonstration
    today: date
    now: datetime
    created: Counter[str]
    addresses: Addresses
    doors: DoorsOf
    organisations: dict[str, Organisation] = field(default_factory=dict)
    intents: dict[str, Intent] = field(default_factory=dict)
    synergies: dict[str, Synergy] = field(default_factory=dict)
    accounts: dict[str, DemonstrationAccount] = field(default_factory=dict)
    account_of: dict[str, Account] = field(default_factory=dict)
    _pole: Pole | None = None

    @property
    def pole(self) -> Pole:
        """The pole, once loaded."""
        if self._pole is None:
            raise LookupError("the pole is loaded after its structures and before everything else")
        return self._pole

    @pole.setter
    def pole(self, pole: Pole) -> None:
        self._pole = pole

    def day(self, days_ago: int) -> date:
        """The day that many days before the loading."""
        return self.today - timedelta(days=days_ago)

    def moment(self, days_ago: int) -> datetime:
        """The same hour that many days before the loading."""
        return self.now - timedelta(days=days_ago)

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        """The communes that are named, by code."""
        return Municipality.objects.in_bulk(sorted(self.rows.communes))

    @cached_property
    def types(self) -> dict[str, ResourceType]:
        """The catalogue, by code."""
        return ResourceType.objects.in_bulk()

    @cached_property
    def authorisations(self) -> dict[str, Authorisation]:
        """The authorisations, by code."""
        return Authorisation.objects.in_bulk()

    @property
    def facilitator(self) -> Account | None:
        """The account of the facilitator, who notes what is said."""
        found = self.accounts.get("facilitator")
        return self.account_of.get(found.email) if found else None
