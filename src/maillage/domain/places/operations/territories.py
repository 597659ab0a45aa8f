"""Names a set of communes, from EPCI, départements, a list of codes, or any mix of them."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Department, IntermunicipalBody, Municipality, Territory


@transaction.atomic
def create_territory(
    *,
    name: str,
    municipality_codes: Collection[str] = (),
    epci_sirens: Collection[str] = (),
    department_codes: Collection[str] = (),
    description: str = "",
    slug: str = "",
) -> Territory:
    """Create a territory that holds every commune named, once each.

    Raises ``UserMistake`` when it would be empty, when a code is unknown, or when the name is taken.
    """
    name = name.strip()
    if not name:
        raise UserMistake("Donnez un nom au territoire, par exemple « Gâtinais montargois ».", field="name")
    chosen = _chosen(municipality_codes, epci_sirens, department_codes)
    try:
        with transaction.atomic():
            territory = Territory.objects.create(
                name=name, slug=slug or slugify(name)[:200] or "territoire", description=description
            )
    except IntegrityError as error:
        raise UserMistake(
            f"Un territoire s’appelle déjà « {name} » ou a la même adresse. Choisissez un autre nom.",
            field="name",
        ) from error
    territory.municipalities.set(chosen)
    return territory


@transaction.atomic
def update_territory(
    *,
    territory: Territory,
    municipality_codes: Collection[str] = (),
    epci_sirens: Collection[str] = (),
    department_codes: Collection[str] = (),
) -> Territory:
    """Replace the communes of a territory."""
    territory.municipalities.set(_chosen(municipality_codes, epci_sirens, department_codes))
    return territory


def _chosen(
    municipality_codes: Collection[str], epci_sirens: Collection[str], department_codes: Collection[str]
) -> QuerySet[Municipality]:
    _check_known(
        "communes connues", municipality_codes, Municipality.objects.filter(pk__in=municipality_codes)
    )
    _check_known(
        "intercommunalités connues", epci_sirens, IntermunicipalBody.objects.filter(pk__in=epci_sirens)
    )
    _check_known("départements connus", department_codes, Department.objects.filter(pk__in=department_codes))
    chosen = Municipality.objects.filter(
        Q(code__in=municipality_codes)
        | Q(intermunicipal_body__in=epci_sirens)
        | Q(department__in=department_codes)
    )
    if not chosen.exists():
        raise UserMistake("Choisissez au moins une commune, une intercommunalité ou un département.")
    return chosen


def _check_known(
    what: str,
    codes: Collection[str],
    found: QuerySet[Municipality] | QuerySet[IntermunicipalBody] | QuerySet[Department],
) -> None:
    unknown = sorted(set(codes) - {str(row.pk) for row in found})
    if unknown:
        raise UserMistake(f"Ces codes ne sont pas des {what} : {', '.join(unknown[:10])}.")
