"""An authority's page: its territory, who of it works in the pole, what its communes need, what it promised."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from maillage.domain.actors.enums import ActorFamily, LegalForm
from maillage.domain.actors.models import Membership, Organisation, Partner, Pole, Site
from maillage.domain.actors.queries.directory import running_on
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.sight import seen_whole, spoken_for
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.queries.progress import Progress, joined_commitments
from maillage.domain.ledger.queries.promises import STANDING, progress_of_all
from maillage.domain.places.models import IntermunicipalBody, Municipality

SHOWN = 30


@dataclass(frozen=True, slots=True)
class AuthorityDay:
    """The day of an authority: ``municipalities`` are those of its ground."""

    authority: Organisation
    area: str
    municipalities: int
    population: int
    members: tuple[Organisation, ...]
    partners: tuple[Organisation, ...]
    needs: list[IntentView]
    needs_count: int
    promises: tuple[Progress, ...]


def authorities_of(*, viewer: Viewer, pole: Pole) -> list[Organisation]:
    """Return the authorities the person speaks for."""
    return list(Organisation.objects.filter(pk__in=spoken_for(viewer, pole.pk), family=ActorFamily.AUTHORITY))


def authority_day(*, viewer: Viewer, pole: Pole, authority: Organisation) -> AuthorityDay:
    """Return the day of one authority: a commune has its own ground, another has that of its intermunicipal body."""
    communes, area = _ground(authority, pole)
    here = Site.objects.filter(organisation=OuterRef("pk"), municipality__in=communes)
    running = running_on(viewer.on)
    members = Membership.objects.filter(running, pole=pole, organisation=OuterRef("pk"))
    partners = Partner.objects.filter(running, pole=pole, organisation=OuterRef("pk"))
    found = Organisation.objects.filter(Exists(here)).exclude(pk=authority.pk)
    # Only what is seen whole: an outline says no commune.
    needs = Intent.objects.filter(
        seen_whole(viewer, pole.pk),
        Q(municipality__in=communes) | Q(municipality=None, site__municipality__in=communes),
        kind=IntentKind.NEED,
        state=IntentState.OPEN,
    ).order_by("said_on", "pk")
    promises = joined_commitments().filter(
        STANDING, Q(provider=authority) | Q(receiver=authority), pole=pole, state=CommitmentState.PROMISED
    )
    return AuthorityDay(
        authority=authority,
        area=area,
        municipalities=communes.count(),
        population=communes.aggregate(total=Sum("population"))["total"] or 0,
        members=tuple(found.filter(Exists(members))[:SHOWN]),
        partners=tuple(found.filter(Exists(partners))[:SHOWN]),
        needs=views_of(viewer=viewer, intents=needs[:SHOWN]),
        needs_count=needs.count(),
        promises=tuple(progress_of_all(list(promises.order_by("due_on", "pk")[:SHOWN]), viewer=viewer)),
    )


def _ground(authority: Organisation, pole: Pole) -> tuple[QuerySet[Municipality], str]:
    """Return the communes of an authority by its legal form, and how to name them; else those of the pole."""
    head = Site.objects.filter(organisation=authority, municipality__isnull=False).order_by("-is_head", "pk")
    site = head.select_related(
        "municipality__intermunicipal_body", "municipality__department__region"
    ).first()
    town = site.municipality if site else None
    communes = Municipality.objects.order_by("folded", "code")
    if authority.legal_form == LegalForm.INTERMUNICIPAL:
        body = IntermunicipalBody.objects.filter(siren=authority.siren).first()
        body = body or (town.intermunicipal_body if town else None)
        if body is not None:
            return communes.filter(intermunicipal_body=body), body.name
    elif town is not None and authority.legal_form == LegalForm.DEPARTMENT:
        return communes.filter(department=town.department_id), town.department.name
    elif town is not None and authority.legal_form == LegalForm.REGION:
        region = town.department.region
        return communes.filter(department__region=region), str(region or pole.territory.name)
    elif town is not None and authority.legal_form in {LegalForm.MUNICIPALITY, ""}:
        return communes.filter(pk=town.pk), town.label
    return communes.filter(territories=pole.territory), pole.territory.name
