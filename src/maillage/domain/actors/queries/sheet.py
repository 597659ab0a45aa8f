"""The sheet of one organisation, holding only what the viewer may read."""

from dataclasses import dataclass
from datetime import date

from maillage.domain.actors.models import Mandate, Membership, Organisation, Partner, Pole, Site
from maillage.domain.actors.queries.directory import running_on
from maillage.domain.actors.queries.scope import is_in_directory
from maillage.domain.actors.viewer import Viewer
from maillage.domain.places.queries import Position, positions_of


@dataclass(frozen=True, slots=True)
class SiteShown:
    """A site on the sheet."""

    pk: int
    name: str
    siret: str
    address: str
    municipality: str
    municipality_code: str
    body: str
    is_head: bool
    position: Position | None


@dataclass(frozen=True, slots=True)
class MembershipShown:
    """A membership or a partnership in this pole, running or past."""

    pk: int
    label: str
    since: date
    until: date | None
    is_running: bool


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Somebody who speaks for the organisation today."""

    pk: int
    name: str
    role_label: str
    since: date


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the organisation; for those of the pole only."""

    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class OrganisationSheet:
    """What a page shows of an organisation. ``contact`` and ``people`` are empty for who is not of the pole."""

    pk: int
    merged_from: int | None
    name: str
    short_name: str
    description: str
    family: str
    family_label: str
    legal_form_label: str
    ess_ground_label: str
    inclusion_type: str
    inclusion_label: str
    esus_until: date | None
    siren: str
    rna: str
    naf_code: str
    naf_version_label: str
    staff_label: str
    website: str
    is_fictional: bool
    verified_on: date | None
    source: str
    sites: tuple[SiteShown, ...]
    memberships: tuple[MembershipShown, ...]
    partnerships: tuple[MembershipShown, ...]
    is_member: bool
    is_mine: bool
    contact: Contact | None
    people: tuple[PersonShown, ...]


def organisation_sheet(*, viewer: Viewer, pole: Pole, pk: int) -> OrganisationSheet | None:
    """Return the sheet, or ``None`` when the pole's directory does not hold it.

    A sheet reunited with another gives the kept one, with ``merged_from`` set so that the door redirects.
    """
    row = Organisation.objects.filter(pk=pk).first()
    asked = pk
    while row is not None and row.merged_into_id is not None:
        row = Organisation.objects.filter(pk=row.merged_into_id).first()
    if row is None or not is_in_directory(pole, row.pk):
        return None
    memberships = _memberships(row, pole, viewer.on)
    is_mine = row.pk in viewer.organisations_in(pole.pk)
    of_the_pole = viewer.belongs(pole.pk)
    return OrganisationSheet(
        pk=row.pk,
        merged_from=asked if asked != row.pk else None,
        name=row.name,
        short_name=row.short_name,
        description=row.description,
        family=row.family,
        family_label=row.get_family_display(),
        legal_form_label=row.get_legal_form_display() if row.legal_form else "",
        ess_ground_label=row.get_ess_ground_display() if row.ess_ground else "",
        inclusion_type=row.inclusion_type,
        inclusion_label=row.get_inclusion_type_display() if row.inclusion_type else "",
        esus_until=row.esus_until,
        siren=row.siren or "",
        rna=row.rna,
        naf_code=row.naf_code,
        naf_version_label=row.get_naf_version_display() if row.naf_version else "",
        staff_label=row.get_staff_band_display(),
        website=row.website,
        is_fictional=row.is_fictional,
        verified_on=row.verified_on,
        source=row.source,
        sites=_sites(row),
        memberships=memberships,
        partnerships=_partnerships(row, pole, viewer.on),
        is_member=any(one.is_running for one in memberships),
        is_mine=is_mine,
        contact=Contact(row.email, row.phone) if of_the_pole else None,
        people=_people(row, pole, viewer.on) if of_the_pole else (),
    )


def _sites(organisation: Organisation) -> tuple[SiteShown, ...]:
    rows = list(
        Site.objects.filter(organisation=organisation)
        .select_related("municipality__intermunicipal_body")
        .order_by("-is_head", "pk")
    )
    centres = positions_of(row.municipality for row in rows if row.municipality and row.latitude is None)
    return tuple(_site(row, centres) for row in rows)


def _site(row: Site, centres: dict[str, Position]) -> SiteShown:
    commune = row.municipality
    body = commune.intermunicipal_body if commune else None
    position = None
    if row.latitude is not None and row.longitude is not None:
        position = Position(row.latitude, row.longitude, approximate=False)
    elif commune is not None and commune.code in centres:
        centre = centres[commune.code]
        position = Position(centre.latitude, centre.longitude, approximate=True)
    return SiteShown(
        pk=row.pk,
        name=row.name,
        siret=row.siret or "",
        address=row.address,
        municipality=commune.label if commune else "",
        municipality_code=commune.code if commune else "",
        body=body.name if body else "",
        is_head=row.is_head,
        position=position,
    )


def _runs(row: Membership | Partner, on: date) -> bool:
    return row.since <= on and (row.until is None or row.until > on)


def _memberships(organisation: Organisation, pole: Pole, on: date) -> tuple[MembershipShown, ...]:
    rows = Membership.objects.filter(pole=pole, organisation=organisation).select_related("college")
    return tuple(
        MembershipShown(row.pk, row.college.name if row.college else "", row.since, row.until, _runs(row, on))
        for row in rows.order_by("-since", "-pk")
    )


def _partnerships(organisation: Organisation, pole: Pole, on: date) -> tuple[MembershipShown, ...]:
    rows = Partner.objects.filter(pole=pole, organisation=organisation).order_by("-since", "-pk")
    return tuple(
        MembershipShown(row.pk, row.get_kind_display(), row.since, row.until, _runs(row, on)) for row in rows
    )


def _people(organisation: Organisation, pole: Pole, on: date) -> tuple[PersonShown, ...]:
    rows = (
        Mandate.objects.filter(running_on(on), pole=pole, organisation=organisation)
        .select_related("person")
        .order_by("role", "since", "pk")
    )
    return tuple(
        PersonShown(row.person.pk, str(row.person), row.get_role_display(), row.since) for row in rows
    )
