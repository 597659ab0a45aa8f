"""The directory as lines of a file: what the pages show, and the contacts for those of the pole only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maillage.domain.actors.models import Membership, Organisation, Partner, Pole, Site
from maillage.domain.actors.queries.directory import (
    DirectoryFilters,
    filtered,
    main_sites,
    running_on,
)
from maillage.domain.actors.queries.points import DirectoryPoint, points_of
from maillage.domain.actors.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DirectoryRecord:
    """One organisation, its head site, its link with the pole."""

    organisation: Organisation
    site: Site | None
    point: DirectoryPoint | None
    member_since: date | None
    college: str
    is_partner: bool
    email: str
    phone: str


def directory_records(
    *, viewer: Viewer, pole: Pole, filters: DirectoryFilters | None = None
) -> Iterator[DirectoryRecord]:
    """Return every organisation that answers the filters, by name; seven questions at most."""
    rows = list(
        filtered(viewer=viewer, pole=pole, filters=filters or DirectoryFilters()).order_by("folded", "pk")
    )
    keys = [row.pk for row in rows]
    sites = main_sites(keys)
    points = {point.pk: point for point in points_of(keys)}
    running = Membership.objects.filter(running_on(viewer.on), pole=pole).select_related("college")
    members = {row.organisation_id: row for row in running}
    partners = set(
        Partner.objects.filter(running_on(viewer.on), pole=pole).values_list("organisation_id", flat=True)
    )
    of_the_pole = viewer.belongs(pole.pk)
    for row in rows:
        member = members.get(row.pk)
        yield DirectoryRecord(
            organisation=row,
            site=sites.get(row.pk),
            point=points.get(row.pk),
            member_since=member.since if member else None,
            college=member.college.name if member and member.college else "",
            is_partner=row.pk in partners,
            email=row.email if of_the_pole else "",
            phone=row.phone if of_the_pole else "",
        )
