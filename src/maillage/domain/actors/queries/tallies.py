"""How many organisations answer the filters, by their link with the pole: the figures of the tabs."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef

from maillage.domain.actors.models import Membership, Partner, Pole
from maillage.domain.actors.queries.directory import (
    MEMBERS,
    OTHERS,
    PARTNERS,
    DirectoryFilters,
    filtered,
    running_on,
)
from maillage.domain.actors.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DirectoryTallies:
    """A member that is a partner too counts in both."""

    total: int
    members: int
    partners: int
    others: int

    def of(self, membership: str) -> int:
        """Return the figure of a tab: members, partners, others, or everything."""
        return {MEMBERS: self.members, PARTNERS: self.partners, OTHERS: self.others}.get(
            membership, self.total
        )


def directory_tallies(
    *, viewer: Viewer, pole: Pole, filters: DirectoryFilters | None = None
) -> DirectoryTallies:
    """Count what answers the filters but the link itself; one question."""
    asked = replace(filters or DirectoryFilters(), membership="")
    own = {"pole": pole, "organisation": OuterRef("pk")}
    rows = (
        filtered(viewer=viewer, pole=pole, filters=asked)
        .annotate(
            member_now=Exists(Membership.objects.filter(running_on(viewer.on), **own)),
            partner_now=Exists(Partner.objects.filter(running_on(viewer.on), **own)),
        )
        .values_list("member_now", "partner_now")
        .annotate(Count("pk"))
    )
    found = {(bool(member), bool(partner)): number for member, partner, number in rows}
    return DirectoryTallies(
        total=sum(found.values()),
        members=sum(number for (member, _), number in found.items() if member),
        partners=sum(number for (_, partner), number in found.items() if partner),
        others=found.get((False, False), 0),
    )
