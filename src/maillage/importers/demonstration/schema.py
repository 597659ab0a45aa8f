"""What the demonstration is made of: plain rows, checked at reading, without Django.

Days are counted from the day of the loading, so that the demonstration is always fresh: ``days=12`` is twelve
days ago, ``from_days=20`` is in twenty days, ``until_days=-55`` is fifty-five days ago.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from maillage.core.periods import Slot

SOURCE = "demonstration"


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """What is asked of a commune: its département and the SIREN of its intercommunality, if it has one."""

    code: str
    department: str
    intermunicipal_body: str | None


@dataclass(frozen=True, slots=True)
class CollegeRow:
    """A college of voters with its weight in the hundred."""

    key: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An organisation that works with the pole without being a member."""

    organisation: str
    kind: str
    since_days: int
    note: str


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """Départements and intercommunalities whose communes make the territory."""

    name: str
    slug: str
    description: str
    departments: tuple[str, ...]
    intermunicipal_bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PoleRow:
    """The pole itself."""

    name: str
    slug: str
    tagline: str
    description: str
    contact_email: str
    since_days: int
    sponsor: str
    status_source: str
    territory: TerritoryRow
    colleges: tuple[CollegeRow, ...]
    partners: tuple[PartnerRow, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An invented structure: it has no SIREN and never will."""

    key: str
    name: str
    short_name: str
    family: str
    legal_form: str
    ess_ground: str
    inclusion_type: str
    naf_code: str
    staff_band: str
    commune: str
    address: str
    description: str
    file: str


@dataclass(frozen=True, slots=True)
class MandateRow:
    """Who somebody is in the pole."""

    role: str
    organisation: str
    since_days: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An invented person; ``account`` names the role whose demonstration account is theirs."""

    key: str
    given_name: str
    family_name: str
    email: str
    mandates: tuple[MandateRow, ...]
    account: str
    file: str


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """Who belongs to the pole, in which college, since when."""

    organisation: str
    college: str
    since_days: int


@dataclass(frozen=True, slots=True)
class SupportRow:
    """Another structure that shares a need or backs an offer."""

    organisation: str
    people: int | None
    note: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Who said it, how, where, how many days ago, for how many people."""

    days: int
    by: str
    how: str
    place: str
    people: int | None


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """What a material flow says besides: its way, its waste code, where it goes or comes from today."""

    way: str
    waste_code: str
    today: str
    seeks: str


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A need that already found its answer: how many days ago, and what it was."""

    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class IntentRow:
    """A need or an offer; a material flow is one too, with its ``flow`` facts."""

    key: str
    kind: str
    author: str
    type_code: str
    title: str
    words: str
    quantity: Decimal | None
    minimum: Decimal | None
    unit: str
    period: str
    commune: str
    reach_km: int
    from_days: int | None
    until_days: int | None
    week: tuple[Slot, ...]
    months: tuple[int, ...]
    price_kind: str
    price: Decimal | None
    conditions: str
    qualities: tuple[str, ...]
    holds: tuple[str, ...]
    requires: tuple[str, ...]
    visibility: str
    said: SaidRow
    supports: tuple[SupportRow, ...]
    answered: AnsweredRow | None
    flow: FlowFacts | None
    file: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A lead that the facilitators already set aside."""

    need: str
    offer: str
    reason: str
    words: str
    by: str
    days: int


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One concrete thing that can be booked."""

    key: str
    name: str
    type_code: str
    owner: str
    unit: str


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A working group or a trial, with the needs it answers."""

    key: str
    name: str
    stage: str
    lead: str
    since_days: int
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuringRow:
    """A stretch of one day; the day goes back to ``weekday`` (0 is Monday) when there is one."""

    days: int
    weekday: int | None
    from_hour: int
    to_hour: int


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise: who gives what to whom, by when."""

    key: str
    action: str
    provider: str
    receiver: str
    type_code: str
    quantity: Decimal
    unit: str
    resource: str
    process: str
    during: DuringRow | None
    due_days: int | None
    note: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What named parties agreed: ``parties`` gives how many days ago each said yes."""

    key: str
    title: str
    state: str
    need: str
    since_days: int
    until_days: int
    conditions: str
    parties: Mapping[str, int]
    commitments: tuple[CommitmentRow, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened, with its proof; ``of`` names the promise it keeps, ``corrects`` the event it replaces.

    Without ``days`` it happened on the day of its promise.
    """

    key: str
    of: str
    action: str
    provider: str
    receiver: str
    type_code: str
    quantity: Decimal
    unit: str
    days: int | None
    proof: str
    reference: str
    note: str
    corrects: str


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """Promised and done."""

    resources: tuple[ResourceRow, ...]
    processes: tuple[ProcessRow, ...]
    agreements: tuple[AgreementRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class ExpectedPair:
    """What the matching must say of a pair: ``refusal`` is empty when it fits."""

    need: str
    offer: str
    refusal: str
    best: bool
    why: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What the matching must find: pairs, needs that only several offers cover, needs that nothing answers."""

    pairs: tuple[ExpectedPair, ...]
    together: Mapping[str, tuple[str, ...]]
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class Demonstration:
    """The whole demonstration, read and checked."""

    pole: PoleRow
    organisations: tuple[OrganisationRow, ...]
    people: tuple[PersonRow, ...]
    memberships: tuple[MembershipRow, ...]
    intents: tuple[IntentRow, ...]
    decisions: tuple[DecisionRow, ...]
    ledger: LedgerRows
    expected: Expected
    positions: Mapping[str, tuple[float, float]]

    @cached_property
    def flows(self) -> tuple[IntentRow, ...]:
        """The intents that are material flows."""
        return tuple(row for row in self.intents if row.flow is not None)

    @cached_property
    def commune_of(self) -> Mapping[str, str]:
        """The commune of each organisation."""
        return {row.key: row.commune for row in self.organisations}

    @cached_property
    def communes(self) -> frozenset[str]:
        """Every commune that is named."""
        return frozenset({*self.commune_of.values(), *(row.commune for row in self.intents if row.commune)})
