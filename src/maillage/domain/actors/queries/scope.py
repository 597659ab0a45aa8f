"""Which organisations a pole's directory holds."""

from django.db.models import QuerySet

from maillage.domain.actors.models import Membership, Organisation, Partner, Pole, PoleSponsor, Site


def directory_scope(pole: Pole) -> QuerySet[Organisation]:
    """The organisations the pole knows: members, partners and sponsors of any time, those it noted, and those
    that have a site in its territory. Sheets reunited with another are left out.
    """
    known = (
        Membership.objects.filter(pole=pole)
        .order_by()
        .values("organisation_id")
        .union(
            Partner.objects.filter(pole=pole).order_by().values("organisation_id"),
            PoleSponsor.objects.filter(pole=pole).order_by().values("organisation_id"),
            Organisation.known_in.through._default_manager.filter(pole_id=pole.pk).values("organisation_id"),
            Site.objects.filter(municipality__territories=pole.territory_id)
            .order_by()
            .values("organisation_id"),
        )
    )
    return Organisation.objects.filter(merged_into__isnull=True, pk__in=known)


def is_in_directory(pole: Pole, organisation_id: int) -> bool:
    """Whether the pole knows this organisation."""
    return directory_scope(pole).filter(pk=organisation_id).exists()
