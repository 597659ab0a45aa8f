"""What somebody says before it is kept: plain values, checked by ``checks`` and written by ``operations``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.core.periods import Period, Slot
from maillage.domain.actors.models import Organisation, Person, Pole, Site
from maillage.domain.catalogue.models import Authorisation, ResourceType
from maillage.domain.exchanges.enums import EvidenceChannel, PriceKind, Visibility
from maillage.domain.places.models import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """Who said it, how, where, when, how many people are concerned."""

    said_by: str = ""
    person: Person | None = None
    channel: str = EvidenceChannel.OTHER
    place: str = ""
    on: date | None = None
    people_concerned: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentDraft:
    """A need or an offer as it was said; ``unit`` is any spelling that ``core.quantities`` knows.

    ``said_on`` and ``confirmed_on`` are for what was said earlier (a file that is imported): today otherwise.
    """

    kind: str
    pole: Pole
    author: Organisation
    title: str
    words: str = ""
    site: Site | None = None
    municipality: Municipality | None = None
    latitude: float | None = None
    longitude: float | None = None
    resource_type: ResourceType | None = None
    quantity: Decimal | None = None
    minimum: Decimal | None = None
    unit: str = ""
    period: str = Period.ONCE
    available_from: date | None = None
    available_until: date | None = None
    weekly: tuple[Slot, ...] = ()
    seasonality: tuple[int, ...] = ()
    reach_km: int | None = None
    price_kind: str = PriceKind.UNSAID
    price: Decimal | None = None
    conditions: str = ""
    qualities: tuple[str, ...] = ()
    holds: tuple[Authorisation, ...] = ()
    requires: tuple[Authorisation, ...] = ()
    visibility: str = Visibility.MEMBERS
    said_on: date | None = None
    confirmed_on: date | None = None
    source: str = ""
    source_id: str = ""
    evidence: EvidenceDraft | None = None
