"""The rows that a form changes, found only where the pole may change them."""

from maillage.domain.actors.models import (
    College,
    Mandate,
    Membership,
    Organisation,
    Partner,
    Pole,
    Site,
)
from maillage.domain.actors.queries.scope import one_of_directory


def organisation_in(*, pole: Pole, pk: int) -> Organisation | None:
    """Return an organisation of the pole's directory."""
    return one_of_directory(pole, pk).first()


def organisation_anywhere(*, pk: int) -> Organisation | None:
    """Return an organisation that no merge absorbed, whatever the pole: for « c’est la même »."""
    return Organisation.objects.filter(pk=pk, merged_into__isnull=True).first()


def sites_of(organisation: Organisation) -> list[Site]:
    """Return the sites of an organisation, its head first."""
    return list(organisation.sites.select_related("municipality").order_by("-is_head", "pk"))


def colleges_of(pole: Pole) -> list[College]:
    """Return the colleges of a pole, in their order."""
    return list(College.objects.filter(pole=pole))


def membership_in(*, pole: Pole, organisation: Organisation, pk: int) -> Membership | None:
    """Return a membership of an organisation in a pole."""
    return Membership.objects.filter(pole=pole, organisation=organisation, pk=pk).first()


def partner_in(*, pole: Pole, organisation: Organisation, pk: int) -> Partner | None:
    """Return a partnership of an organisation with a pole."""
    return Partner.objects.filter(pole=pole, organisation=organisation, pk=pk).first()


def mandate_in(*, pole: Pole, pk: int) -> Mandate | None:
    """Return a mandate of a pole."""
    return Mandate.objects.filter(pole=pole, pk=pk).select_related("person").first()
