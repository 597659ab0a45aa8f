"""Poles: where somebody has a role, and what a public page says of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from maillage.domain.actors.enums import ActorFamily
from maillage.domain.actors.models import (
    Mandate,
    Membership,
    Organisation,
    Partner,
    Pole,
    PoleSponsor,
    PoleStatus,
)
from maillage.domain.actors.queries.directory import running_on
from maillage.domain.actors.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class PoleForViewer:
    """A pole where the viewer has a role today."""

    pole: Pole
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PoleOverview:
    """What anybody may know of a pole on a day."""

    pole: Pole
    territory: str
    sponsor: str
    sponsor_id: int | None
    status: str
    status_label: str
    municipalities: int
    population: int
    members: int
    partners: int
    families: tuple[tuple[str, str, int], ...]


def public_poles() -> QuerySet[Pole]:
    """Every pole, by name: their existence is public."""
    return Pole.objects.select_related("territory").order_by("name")


def pole_by_slug(slug: str) -> Pole | None:
    """Return the pole of this address."""
    return Pole.objects.select_related("territory").filter(slug=slug).first()


def pole_for(*, viewer: Viewer, slug: str) -> Pole | None:
    """Return the pole of this address; somebody who has a role there has read it with their mandates."""
    held = (mandate.pole for mandate in viewer.mandates() if mandate.pole.slug == slug)
    return next(held, None) or pole_by_slug(slug)


def pole_by_pk(pk: int) -> Pole | None:
    """One pole by its number, as signed addresses carry it."""
    return Pole.objects.filter(pk=pk).select_related("territory").first()


def poles_for(viewer: Viewer) -> list[PoleForViewer]:
    """Return the poles where the viewer has a role today, by name."""
    poles = {mandate.pole_id: mandate.pole for mandate in viewer.mandates()}
    found = [PoleForViewer(pole, viewer.roles_in(pk)) for pk, pole in poles.items()]
    return sorted(found, key=lambda one: one.pole.name)


def pole_overview(*, pole: Pole, on: date) -> PoleOverview:
    """Say who carries the pole, what it is, how large it is and who is in it; five questions."""
    sponsor = (
        PoleSponsor.objects.filter(running_on(on), pole=pole)
        .select_related("organisation")
        .order_by("-since")
        .first()
    )
    status = PoleStatus.objects.filter(pole=pole, since__lte=on).order_by("-since").first()
    size = pole.territory.municipalities.aggregate(communes=Count("pk"), people=Sum("population"))
    members = Membership.objects.filter(running_on(on), pole=pole, organisation__merged_into__isnull=True)
    counts = Counter(members.order_by().values_list("organisation__family", flat=True))
    return PoleOverview(
        pole=pole,
        territory=pole.territory.name,
        sponsor=sponsor.organisation.name if sponsor else "",
        sponsor_id=sponsor.organisation_id if sponsor else None,
        status=status.status if status else "",
        status_label=status.get_status_display() if status else "",
        municipalities=size["communes"],
        population=size["people"] or 0,
        members=sum(counts.values()),
        partners=Partner.objects.filter(running_on(on), pole=pole).count(),
        families=tuple((code, str(label), counts[code]) for code, label in ActorFamily.choices),
    )


def mandates_of(pole: Pole) -> QuerySet[Mandate]:
    """Every mandate of the pole, running first; for those who administer it."""
    return (
        Mandate.objects.filter(pole=pole)
        .select_related("person__account", "organisation")
        .order_by("until", "role", "person__folded", "pk")
    )


def organisations_of(viewer: Viewer, pole: Pole) -> QuerySet[Organisation]:
    """The organisations the viewer speaks for in the pole."""
    return Organisation.objects.filter(pk__in=viewer.organisations_in(pole.pk)).order_by("folded", "pk")
