"""The agreements of a pole as lines of a list: found by state, party, kind, word, or because they end soon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import overload

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from maillage.core.french import fold, listed
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.agreements.models import AgreementTerms, AgreementText, ConsentRefusal
from maillage.domain.agreements.templates import read_templates
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import NOT_YET, AgreementState
from maillage.domain.ledger.models import Agreement, AgreementParty
from maillage.domain.ledger.queries import seen_agreements, unnamed_parties
from maillage.domain.ledger.queries.agreements import SOMEBODY
from maillage.domain.places.fields import Fold

SOON_DAYS = 90
WITHOUT = "sans"  # an agreement noted without a template


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFilters:
    """What one looks for; empty values ask nothing."""

    text: str = ""
    state: str = ""
    template: str = ""
    party: int | None = None
    ends_soon: bool = False


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in a list; ``waiting`` and ``refusing``: who has not answered, who does not sign, while it is to be
    signed."""

    pk: int
    title: str
    state: str
    state_text: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    days_left: int | None
    parties: tuple[str, ...]
    waiting: tuple[str, ...]
    refusing: tuple[str, ...]

    @property
    def parties_text(self) -> str:
        """The parties in a sentence."""
        return listed(self.parties)

    @property
    def waiting_text(self) -> str:
        """Those awaited, in a sentence."""
        return listed(self.waiting)

    @property
    def refusing_text(self) -> str:
        """Those who do not sign, in a sentence."""
        return listed(self.refusing)


class AgreementLines(Sequence[AgreementLine]):
    """A long list read by slices, for a paginator: three questions a slice."""

    def __init__(self, rows: QuerySet[Agreement], viewer: Viewer) -> None:
        self._rows = rows
        self._viewer = viewer
        self._count: int | None = None

    def __len__(self) -> int:
        """Count the agreements, once."""
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, at: int) -> AgreementLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[AgreementLine]: ...
    def __getitem__(self, at: int | slice) -> AgreementLine | list[AgreementLine]:
        """Return the lines of a slice, or one line."""
        if isinstance(at, int):
            return self._read(self._rows[at : at + 1])[0]
        return self._read(self._rows[at])

    def __iter__(self) -> Iterator[AgreementLine]:
        """Read the whole list at once."""
        return iter(self[:])

    def _read(self, rows: QuerySet[Agreement]) -> list[AgreementLine]:
        found = list(rows.select_related("need", "offer").prefetch_related("parties__organisation"))
        kinds = dict(
            AgreementTerms.objects.filter(agreement__in=found).values_list("agreement_id", "template")
        )
        return [_line(one, kinds.get(one.pk, ""), self._viewer) for one in found]


def agreement_lines(*, viewer: Viewer, pole: Pole, filters: AgreementFilters) -> AgreementLines:
    """Return the agreements the viewer sees: all for the team and the board, one's own for a structure."""
    rows = Agreement.objects.filter(seen_agreements(viewer, pole.pk))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.template == WITHOUT:
        rows = rows.filter(terms__isnull=True)
    elif filters.template:
        rows = rows.filter(terms__template=filters.template)
    if filters.party is not None:
        rows = rows.filter(_with_party(Q(organisation_id=filters.party), viewer, pole.pk))
    if filters.ends_soon:
        last = viewer.on + timedelta(days=SOON_DAYS)
        rows = rows.filter(state=AgreementState.ACTIVE, ends_on__range=(viewer.on, last))
    key = fold(filters.text)
    if key:
        rows = rows.alias(folded_title=Fold("title")).filter(
            Q(folded_title__contains=key)
            | Q(folded_title__trigram_word_similar=key)
            | _with_party(
                Q(organisation__folded__contains=key) | Q(organisation__folded__trigram_word_similar=key),
                viewer,
                pole.pk,
            )
        )
    order = ("ends_on", "pk") if filters.ends_soon else ("-pk",)
    return AgreementLines(rows.annotate(refusing=_refusing()).order_by(*order), viewer)


def _refusing() -> ArraySubquery:
    """The parties that refused the last text of an agreement."""
    texts = AgreementText.objects.filter(agreement=OuterRef("agreement"), amendment=None).order_by("-number")
    refused = ConsentRefusal.objects.filter(agreement=OuterRef("pk"), text=Subquery(texts.values("pk")[:1]))
    return ArraySubquery(refused.order_by("pk").values("organisation_id"))


def _with_party(asked: Q, viewer: Viewer, pole_id: int) -> Q:
    """One of the named parties is so; before everybody said yes, an anonymous author is not found by its name."""
    parties = AgreementParty.objects.filter(asked, agreement=OuterRef("pk"))
    if viewer.runs(pole_id):
        return Q(Exists(parties))
    mine = parties.filter(organisation_id__in=spoken_for(viewer, pole_id))
    hiding = Q(state__in=NOT_YET) & (
        Q(need__visibility=Visibility.ANONYMOUS) | Q(offer__visibility=Visibility.ANONYMOUS)
    )
    return Q(Exists(mine)) | (Q(Exists(parties)) & ~Q(pk__in=Agreement.objects.filter(hiding).values("pk")))


def _line(agreement: Agreement, template: str, viewer: Viewer) -> AgreementLine:
    known = read_templates().get(template)
    parties = sorted(agreement.parties.all(), key=lambda party: party.pk)
    silent = [party for party in parties if party.consented_on is None]
    unnamed = unnamed_parties(agreement, viewer) & {party.organisation_id for party in silent}
    is_to_sign = agreement.state == AgreementState.TO_SIGN
    refused = set(agreement.refusing) if is_to_sign else set()  # type: ignore[attr-defined]  # of the list

    def name(party: AgreementParty) -> str:
        return SOMEBODY if party.organisation_id in unnamed else party.organisation.name

    is_running = agreement.state == AgreementState.ACTIVE and agreement.ends_on is not None
    return AgreementLine(
        pk=agreement.pk,
        title=agreement.title,
        state=agreement.state,
        state_text=str(AgreementState(agreement.state).label),
        kind=known.label if known else "",
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        days_left=(agreement.ends_on - viewer.on).days if is_running and agreement.ends_on else None,
        parties=tuple(name(party) for party in parties),
        waiting=tuple(name(one) for one in silent if is_to_sign and one.organisation_id not in refused),
        refusing=tuple(name(one) for one in silent if one.organisation_id in refused),
    )
