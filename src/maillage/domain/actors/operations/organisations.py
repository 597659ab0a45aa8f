"""Creates and updates organisations; a likely duplicate is shown before anything is written."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy, tidy_lines
from maillage.domain.actors.enums import NafVersion, StaffBand
from maillage.domain.actors.models import Account, Organisation, Pole, Site
from maillage.domain.actors.operations.duplicates import dismiss_duplicate
from maillage.domain.actors.operations.sites import SiteFields, create_site
from maillage.domain.actors.queries.duplicates import PossibleDuplicates, find_duplicates


@dataclass(frozen=True, slots=True)
class OrganisationFields:
    """What one may write on an organisation's sheet; numbers as they were typed."""

    name: str
    family: str
    short_name: str = ""
    legal_form: str = ""
    siren: str | None = None
    rna: str = ""
    ess_ground: str = ""
    inclusion_type: str = ""
    esus_until: date | None = None
    naf_code: str = ""
    naf_version: str = ""
    staff_band: str = StaffBand.UNKNOWN
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    is_fictional: bool = False
    verified_on: date | None = None
    source: str = ""
    source_id: str = ""


class DuplicateSuspected(UserMistake):
    """The organisation may exist already; ``found`` lists the look-alikes, for the person to decide."""

    def __init__(self, found: PossibleDuplicates) -> None:
        super().__init__(found.sentence, field="name")
        self.found = found


def fields_of(organisation: Organisation) -> OrganisationFields:
    """Return what is written on a sheet, to change a part of it with ``dataclasses.replace``."""
    return OrganisationFields(
        **{one.name: getattr(organisation, one.name) for one in fields(OrganisationFields)}
    )


@transaction.atomic
def create_organisation(
    *,
    fields: OrganisationFields,
    site: SiteFields | None = None,
    pole: Pole | None = None,
    check_duplicates: bool = True,
    distinct_from: Collection[int] = (),
    at: datetime | None = None,
    by: Account | None = None,
) -> Organisation:
    """Create an organisation, its head site and its place in the pole's directory.

    Raises ``DuplicateSuspected`` unless every look-alike is in ``distinct_from`` (« non, une autre »): these are
    then recorded as different, at ``at`` by ``by``. Raises ``UserMistake(s)`` for what cannot be written.
    """
    fields = _with_siren_of(fields, site)
    values = _checked(fields)
    found = _look_alikes(values, site) if check_duplicates else None
    if found is not None and {one.pk for one in found.candidates} - set(distinct_from):
        raise DuplicateSuspected(found)
    with friendly_refusals():
        organisation = Organisation.objects.create(**values)
    if site is not None:
        create_site(organisation=organisation, fields=replace(site, is_head=True))
    if pole is not None:
        organisation.known_in.add(pole)
    if found is not None and at is not None:
        for one in found.candidates:
            other = Organisation.objects.get(pk=one.pk)
            dismiss_duplicate(first=organisation, second=other, at=at, by=by)
    return Organisation.objects.get(pk=organisation.pk)


@transaction.atomic
def update_organisation(*, organisation: Organisation, fields: OrganisationFields) -> Organisation:
    """Write what differs from the sheet; a sheet reunited with another is refused."""
    if organisation.merged_into_id is not None:
        raise UserMistake("Cette fiche a été réunie à une autre. Modifiez celle qui a été gardée.")
    values = _checked(fields)
    _check_sites_agree(organisation, values["siren"])
    changed = [name for name, value in values.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, values[name])
    if changed:
        with friendly_refusals():
            organisation.save(update_fields=changed)
    return Organisation.objects.get(pk=organisation.pk)


def make_known(*, organisation: Organisation, pole: Pole) -> None:
    """Put an organisation in the directory of a pole; twice changes nothing."""
    organisation.known_in.add(pole)


def _look_alikes(values: dict[str, Any], site: SiteFields | None) -> PossibleDuplicates | None:
    found = find_duplicates(
        name=values["name"],
        siren=values["siren"],
        municipality=site.municipality if site is not None else None,
    )
    return found if found.candidates else None


def _with_siren_of(fields: OrganisationFields, site: SiteFields | None) -> OrganisationFields:
    """A SIRET begins with the SIREN: take it from there when it was not typed."""
    if site is None or not site.siret or fields.siren:
        return fields
    return replace(fields, siren=identifiers.siren_of(site.siret))


def _check_sites_agree(organisation: Organisation, siren: str | None) -> None:
    if siren is None:
        return
    numbers = Site.objects.filter(organisation=organisation, siret__isnull=False).values_list(
        "siret", flat=True
    )
    for siret in numbers:
        if siret is not None and not siret.startswith(siren):
            raise UserMistake(
                f"Le SIREN {siren} n’est pas celui du SIRET {siret} d’un de ses sites. Corrigez l’un des deux.",
                field="siren",
            )


_LINES = frozenset({"description"})


def _checked(fields: OrganisationFields) -> dict[str, Any]:
    """Return the values to write, tidied and normalised."""
    values = {
        name: (tidy_lines(value) if name in _LINES else tidy(value)) if isinstance(value, str) else value
        for name, value in asdict(fields).items()
    }
    if not values["name"]:
        raise UserMistake("Donnez le nom de la structure.", field="name")
    values["siren"] = identifiers.siren(values["siren"]) if values["siren"] else None
    values["rna"] = identifiers.rna(values["rna"]) if values["rna"] else ""
    if values["naf_code"]:
        values["naf_version"] = values["naf_version"] or NafVersion.REV2.value
        values["naf_code"] = identifiers.naf(values["naf_code"], values["naf_version"])
    else:
        values["naf_version"] = ""
    check_fields(Organisation, values)
    return values
