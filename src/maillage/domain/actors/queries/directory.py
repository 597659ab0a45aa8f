"""The directory of a pole: organisations as a list shows them, filtered, ordered, a page at a time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from maillage.core.french import fold
from maillage.domain.actors.models import Membership, Organisation, Partner, Pole, Site
from maillage.domain.actors.queries.scope import directory_scope
from maillage.domain.actors.viewer import Viewer

MEMBERS, PARTNERS, OTHERS = "members", "partners", "others"
ORDERS = ("name", "municipality", "family", "recent")
_DIGITS = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True)
class DirectoryFilters:
    """What the person asked to see; everything when empty. ``membership`` is members, partners or others."""

    text: str = ""
    families: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()
    inclusion_types: tuple[str, ...] = ()
    municipality: str = ""
    epci: str = ""
    membership: str = ""
    college: int | None = None


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One organisation in a list: nothing here is confidential."""

    pk: int
    name: str
    short_name: str
    family: str
    family_label: str
    legal_form_label: str
    inclusion_type: str
    inclusion_label: str
    description: str
    municipality: str
    municipality_code: str
    body: str
    is_member: bool
    is_partner: bool
    college: str
    is_fictional: bool
    is_mine: bool


class Directory(Sequence[DirectoryEntry]):
    """The organisations found, read by slices; Django's ``Paginator`` takes it as it is.

    A slice asks three questions whatever its length; ``len`` asks one, once, unless the count is known.
    """

    def __init__(
        self, rows: QuerySet[Organisation], viewer: Viewer, pole: Pole, count: int | None = None
    ) -> None:
        self._rows = rows
        self._viewer = viewer
        self._pole = pole
        self._count = count

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, index: int) -> DirectoryEntry: ...
    @overload
    def __getitem__(self, index: slice) -> list[DirectoryEntry]: ...
    def __getitem__(self, index: int | slice) -> DirectoryEntry | list[DirectoryEntry]:
        if isinstance(index, slice):
            return self._entries(list(self._rows[index]))
        return self._entries([self._rows[index]])[0]

    def __iter__(self) -> Iterator[DirectoryEntry]:
        return iter(self._entries(list(self._rows)))

    def _entries(self, rows: list[Organisation]) -> list[DirectoryEntry]:
        keys = [row.pk for row in rows]
        sites = main_sites(keys)
        running = Membership.objects.filter(
            running_on(self._viewer.on), pole=self._pole, organisation__in=keys
        )
        memberships = {row.organisation_id: row for row in running.select_related("college")}
        mine = self._viewer.organisations_in(self._pole.pk)
        return [_entry(row, sites.get(row.pk), memberships.get(row.pk), row.pk in mine) for row in rows]


def running_on(on: date) -> Q:
    """What runs on a day: begun, and not ended."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def main_sites(organisation_ids: Sequence[int]) -> dict[int, Site]:
    """The head site of each organisation, or its first, with commune and EPCI; one question."""
    rows = (
        Site.objects.filter(organisation__in=organisation_ids)
        .order_by("organisation_id", "-is_head", "pk")
        .distinct("organisation_id")
        .select_related("municipality__intermunicipal_body")
    )
    return {row.organisation_id: row for row in rows}


def directory(
    *,
    viewer: Viewer,
    pole: Pole,
    filters: DirectoryFilters | None = None,
    order: str = "name",
    count: int | None = None,
) -> Directory:
    """Return the organisations of the pole's directory that match; the viewer's own are marked.

    ``count`` is how many there are, when the caller has counted them already.
    """
    rows = filtered(viewer=viewer, pole=pole, filters=filters or DirectoryFilters())
    partners = Partner.objects.filter(running_on(viewer.on), pole=pole, organisation=OuterRef("pk"))
    return Directory(_ordered(rows.annotate(partner_now=Exists(partners)), order), viewer, pole, count)


def filtered(*, viewer: Viewer, pole: Pole, filters: DirectoryFilters) -> QuerySet[Organisation]:
    """The organisations that match, in no order."""
    rows = directory_scope(pole).order_by()
    for column, values in (
        ("family", filters.families),
        ("legal_form", filters.legal_forms),
        ("inclusion_type", filters.inclusion_types),
    ):
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    if filters.municipality:
        rows = rows.filter(
            pk__in=Site.objects.filter(municipality=filters.municipality).values("organisation")
        )
    if filters.epci:
        inside = Site.objects.filter(municipality__intermunicipal_body=filters.epci)
        rows = rows.filter(pk__in=inside.values("organisation"))
    rows = _of_membership(rows, pole, viewer.on, filters)
    return _matching(rows, filters.text)


def _of_membership(
    rows: QuerySet[Organisation], pole: Pole, on: date, filters: DirectoryFilters
) -> QuerySet[Organisation]:
    members = Membership.objects.filter(running_on(on), pole=pole)
    partners = Partner.objects.filter(running_on(on), pole=pole)
    if filters.college is not None:
        rows = rows.filter(pk__in=members.filter(college=filters.college).values("organisation"))
    if filters.membership == MEMBERS:
        return rows.filter(pk__in=members.values("organisation"))
    if filters.membership == PARTNERS:
        return rows.filter(pk__in=partners.values("organisation"))
    if filters.membership == OTHERS:
        return rows.exclude(pk__in=members.values("organisation")).exclude(
            pk__in=partners.values("organisation")
        )
    return rows


def _matching(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Match a name (accents forgiven, near spellings too), a short name, a SIREN or a SIRET."""
    key = fold(text)
    if not text.strip():
        return rows
    digits = _DIGITS.sub("", text)
    if digits.isdigit() and len(digits) >= 9:
        sites = Site.objects.filter(siret=digits).values("organisation")
        return rows.filter(Q(siren=digits[:9]) | Q(pk__in=sites))
    if not key:
        return rows.none()
    return rows.filter(
        Q(folded__contains=key) | Q(short_name__icontains=text.strip()) | Q(folded__trigram_word_similar=key)
    )


def _ordered(rows: QuerySet[Any], order: str) -> QuerySet[Organisation]:
    if order == "municipality":
        place = Site.objects.filter(organisation=OuterRef("pk")).order_by("-is_head", "pk")
        rows = rows.annotate(place=Subquery(place.values("municipality__folded")[:1]))
        return rows.order_by(F("place").asc(nulls_last=True), "folded", "pk")
    if order == "family":
        return rows.order_by("family", "folded", "pk")
    if order == "recent":
        return rows.order_by("-pk")
    return rows.order_by("folded", "pk")


def _entry(row: Organisation, site: Site | None, membership: Membership | None, mine: bool) -> DirectoryEntry:
    commune = site.municipality if site else None
    body = commune.intermunicipal_body if commune else None
    return DirectoryEntry(
        pk=row.pk,
        name=row.name,
        short_name=row.short_name,
        family=row.family,
        family_label=row.get_family_display(),
        legal_form_label=row.get_legal_form_display() if row.legal_form else "",
        inclusion_type=row.inclusion_type,
        inclusion_label=row.get_inclusion_type_display() if row.inclusion_type else "",
        description=row.description,
        municipality=commune.label if commune else "",
        municipality_code=commune.code if commune else "",
        body=body.name if body else "",
        is_member=membership is not None,
        is_partner=bool(getattr(row, "partner_now", False)),
        college=membership.college.name if membership and membership.college else "",
        is_fictional=row.is_fictional,
        is_mine=mine,
    )
