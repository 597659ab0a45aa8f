"""Finds sheets that may be one organisation: same SIREN, near name in the same commune, same name anywhere."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q

from maillage.core.french import fold
from maillage.domain.actors.likeness import alike_pairs
from maillage.domain.actors.models import DuplicateDismissal, Organisation, Pole, Site
from maillage.domain.actors.queries.scope import directory_scope
from maillage.domain.places.models import Municipality

NEAR_NAME_SAME_PLACE = 0.55
SAME_NAME_ANYWHERE = 0.8
_MOST = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet that looks like the one being written, and why."""

    pk: int
    name: str
    municipality: str
    siren: str | None
    reason: str
    closeness: float


@dataclass(frozen=True, slots=True)
class PossibleDuplicates:
    """What the door shows with « C’est la même » and « Non, une autre »; the likeliest first."""

    candidates: tuple[Candidate, ...]

    @property
    def sentence(self) -> str:
        """One sentence for the person."""
        if not self.candidates:
            return ""
        first = self.candidates[0]
        where = f" à {first.municipality}" if first.municipality else ""
        return (
            f"« {first.name} »{where} est déjà dans l’annuaire : {first.reason}. Est-ce la même structure ?"
        )

    def __bool__(self) -> bool:
        return bool(self.candidates)


def find_duplicates(
    *,
    name: str,
    siren: str | None = None,
    municipality: Municipality | None = None,
    excluding: int | None = None,
) -> PossibleDuplicates:
    """Return the sheets that may already be this organisation; two different SIREN are never one."""
    key = fold(name)
    rows = Organisation.objects.filter(merged_into__isnull=True)
    if excluding is not None:
        rows = rows.exclude(pk=excluding)
    looks = Q(folded__trigram_similar=key)
    if siren:
        looks = Q(siren=siren) | (looks & Q(siren__isnull=True))
    here: set[int] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(NEAR_NAME_SAME_PLACE)]
        )
        found = list(
            rows.filter(looks).annotate(alike=TrigramSimilarity("folded", key)).order_by("-alike", "pk")
        )
    if municipality is not None:
        sites = Site.objects.filter(municipality=municipality, organisation__in=[row.pk for row in found])
        here = set(sites.values_list("organisation_id", flat=True))
    kept = [
        (row.pk, reason, row.alike)
        for row in found
        if (reason := _reason(row, siren, alike=row.alike, same_place=row.pk in here))
    ]
    kept.sort(key=lambda one: (one[1] != _SAME_SIREN, -one[2], one[0]))
    return PossibleDuplicates(_candidates(kept[:_MOST]))


_SAME_SIREN = "même SIREN"
_SAME_PLACE = "nom proche, même commune"
_SAME_NAME = "même nom"


def _reason(row: Organisation, siren: str | None, *, alike: float, same_place: bool) -> str:
    if siren and row.siren == siren:
        return _SAME_SIREN
    if same_place and alike >= NEAR_NAME_SAME_PLACE:
        return _SAME_PLACE
    return _SAME_NAME if alike >= SAME_NAME_ANYWHERE else ""


def _candidates(kept: list[tuple[int, str, float]]) -> tuple[Candidate, ...]:
    rows = Organisation.objects.prefetch_related("sites__municipality").in_bulk([pk for pk, _, _ in kept])
    return tuple(
        Candidate(
            pk=pk,
            name=rows[pk].name,
            municipality=_place(rows[pk]),
            siren=rows[pk].siren,
            reason=reason,
            closeness=round(float(alike), 3),
        )
        for pk, reason, alike in kept
    )


def _place(organisation: Organisation) -> str:
    for site in organisation.sites.all():
        if site.municipality is not None:
            return site.municipality.label
    return ""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two sheets of a pole to compare, the older first."""

    first: Candidate
    second: Candidate
    reason: str
    closeness: float


def duplicates_to_review(pole: Pole, *, limit: int = 50) -> list[DuplicatePair]:
    """Return the pairs of the pole's directory that nobody has decided on, the closest first."""
    rows = {row.pk: row for row in directory_scope(pole).only("pk", "folded", "siren").order_by()}
    names = {pk: row.folded for pk, row in rows.items()}
    found = {
        pair: (alike, _SAME_NAME) for pair, alike in alike_pairs(names, at_least=SAME_NAME_ANYWHERE).items()
    }
    for here in _by_commune(rows.keys()).values():
        near = alike_pairs({pk: names[pk] for pk in here}, at_least=NEAR_NAME_SAME_PLACE)
        found.update({pair: (alike, _SAME_PLACE) for pair, alike in near.items()})
    decided = set(
        DuplicateDismissal.objects.filter(first__in=directory_scope(pole).values("pk")).values_list(
            "first_id", "second_id"
        )
    )
    open_pairs = [
        (pair, alike, reason)
        for pair, (alike, reason) in found.items()
        if pair not in decided and _may_be_one(rows[pair[0]], rows[pair[1]])
    ]
    open_pairs.sort(key=lambda one: (-one[1], one[0]))
    return _pairs(open_pairs[:limit])


def _by_commune(known: Collection[int]) -> dict[str, set[int]]:
    together: dict[str, set[int]] = defaultdict(set)
    places = Site.objects.filter(municipality__isnull=False).order_by()
    for organisation, commune in places.values_list("organisation_id", "municipality_id"):
        if organisation in known and commune is not None:
            together[commune].add(organisation)
    return together


def _may_be_one(one: Organisation, other: Organisation) -> bool:
    """Two different SIREN are two legal persons."""
    return one.siren is None or other.siren is None or one.siren == other.siren


def _pairs(chosen: list[tuple[tuple[int, int], float, str]]) -> list[DuplicatePair]:
    wanted = sorted({pk for pair, _, _ in chosen for pk in pair})
    sheets = {one.pk: one for one in _candidates([(pk, "", 1.0) for pk in wanted])}
    return [
        DuplicatePair(first=sheets[pair[0]], second=sheets[pair[1]], reason=reason, closeness=round(alike, 3))
        for pair, alike, reason in chosen
    ]


MOST_DISMISSED = 50


def dismissals_in(pole: Pole) -> list[DuplicateDismissal]:
    """Return the pairs of the pole's directory said to be different, the last first."""
    here = directory_scope(pole).values("pk")
    rows = DuplicateDismissal.objects.filter(first__in=here, second__in=here)
    return list(rows.select_related("first", "second", "by__person").order_by("-at", "-pk")[:MOST_DISMISSED])


def dismissal_numbered(*, pole: Pole, pk: int) -> DuplicateDismissal | None:
    """Return a dismissal between two sheets of the pole's directory."""
    here = directory_scope(pole).values("pk")
    return DuplicateDismissal.objects.filter(pk=pk, first__in=here, second__in=here).first()
