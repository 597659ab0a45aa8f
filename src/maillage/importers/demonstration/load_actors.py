"""Writes the invented structures, the pole, its members and its people."""

from decimal import Decimal

from maillage.domain.actors.enums import MandateRole, NafVersion, PoleStatusKind
from maillage.domain.actors.models import (
    College,
    Mandate,
    Membership,
    Organisation,
    Partner,
    Person,
    Pole,
)
from maillage.domain.actors.operations import (
    OrganisationFields,
    SiteFields,
    add_partner,
    create_college,
    create_organisation,
    create_person,
    create_pole,
    give_mandate,
    join_pole,
    record_status,
)
from maillage.domain.places.models import Territory
from maillage.domain.places.operations import create_territory
from maillage.importers.demonstration.loaded import Loaded
from maillage.importers.demonstration.schema import SOURCE, OrganisationRow, PersonRow


def load_structures(loaded: Loaded) -> None:
    """Write the structures that are missing, each with its site."""
    known = Organisation.objects.filter(source=SOURCE).exclude(source_id="")
    loaded.organisations.update({one.source_id: one for one in known})
    for row in loaded.rows.organisations:
        if row.key not in loaded.organisations:
            loaded.organisations[row.key] = _structure(loaded, row)
            loaded.created["organisations"] += 1


def _structure(loaded: Loaded, row: OrganisationRow) -> Organisation:
    fields = OrganisationFields(
        name=row.name,
        short_name=row.short_name,
        family=row.family,
        legal_form=row.legal_form,
        ess_ground=row.ess_ground,
        inclusion_type=row.inclusion_type,
        naf_code=row.naf_code,
        naf_version=NafVersion.REV2 if row.naf_code else "",
        staff_band=row.staff_band,
        description=row.description,
        is_fictional=True,
        source=SOURCE,
        source_id=row.key,
    )
    site = SiteFields(municipality=loaded.municipalities[row.commune], address=row.address, is_head=True)
    # An invented structure may resemble a real one that is there: it is not the same, and says so.
    return create_organisation(fields=fields, site=site, check_duplicates=False)


def load_pole(loaded: Loaded) -> None:
    """Write the pole with its territory, colleges, members and partners."""
    row = loaded.rows.pole
    pole = Pole.objects.filter(slug=row.slug).first()
    if pole is None:
        pole = create_pole(
            name=row.name,
            slug=row.slug,
            territory=_territory(loaded),
            sponsor=loaded.organisations[row.sponsor],
            on=loaded.day(row.since_days),
            tagline=row.tagline,
            description=row.description,
            contact_email=row.contact_email,
            is_demonstration=True,
        )
        record_status(
            pole=pole,
            status=PoleStatusKind.DEMONSTRATION,
            on=loaded.day(row.since_days),
            source=row.status_source,
        )
        loaded.created["poles"] += 1
    loaded.pole = pole
    _members(loaded, _colleges(loaded))
    _partners(loaded)


def _territory(loaded: Loaded) -> Territory:
    row = loaded.rows.pole.territory
    found = Territory.objects.filter(slug=row.slug).first()
    if found is not None:
        return found
    loaded.created["territories"] += 1
    return create_territory(
        name=row.name,
        slug=row.slug,
        description=row.description,
        department_codes=row.departments,
        epci_sirens=row.intermunicipal_bodies,
    )


def _colleges(loaded: Loaded) -> dict[str, College]:
    known = {one.name: one for one in College.objects.filter(pole=loaded.pole)}
    colleges: dict[str, College] = {}
    for rank, row in enumerate(loaded.rows.pole.colleges, start=1):
        if row.name not in known:
            known[row.name] = create_college(
                pole=loaded.pole, name=row.name, weight=Decimal(row.weight), rank=rank
            )
            loaded.created["colleges"] += 1
        colleges[row.key] = known[row.name]
    return colleges


def _members(loaded: Loaded, colleges: dict[str, College]) -> None:
    known = set(Membership.objects.filter(pole=loaded.pole).values_list("organisation_id", flat=True))
    for row in loaded.rows.memberships:
        organisation = loaded.organisations[row.organisation]
        if organisation.pk not in known:
            join_pole(
                pole=loaded.pole,
                organisation=organisation,
                on=loaded.day(row.since_days),
                college=colleges[row.college],
            )
            loaded.created["memberships"] += 1


def _partners(loaded: Loaded) -> None:
    known = set(Partner.objects.filter(pole=loaded.pole).values_list("organisation_id", flat=True))
    for row in loaded.rows.pole.partners:
        organisation = loaded.organisations[row.organisation]
        if organisation.pk not in known:
            add_partner(
                pole=loaded.pole,
                organisation=organisation,
                on=loaded.day(row.since_days),
                kind=row.kind,
                note=row.note,
            )
            loaded.created["partners"] += 1


def load_people(loaded: Loaded) -> None:
    """Write the people that are missing, each with their mandates."""
    known = {
        one.email: one for one in Person.objects.filter(email__in=[row.email for row in loaded.rows.people])
    }
    held: set[tuple[int, str, int | None]] = set(
        Mandate.objects.filter(pole=loaded.pole).values_list("person_id", "role", "organisation_id")
    )
    for row in loaded.rows.people:
        person = known.get(row.email)
        if person is None:
            person = create_person(given_name=row.given_name, family_name=row.family_name, email=row.email)
            loaded.created["people"] += 1
        _mandates(loaded, row, person, held)


def _mandates(loaded: Loaded, row: PersonRow, person: Person, held: set[tuple[int, str, int | None]]) -> None:
    for one in row.mandates:
        organisation = loaded.organisations[one.organisation]
        if (person.pk, one.role, organisation.pk) not in held:
            give_mandate(
                person=person,
                pole=loaded.pole,
                role=MandateRole(one.role),
                since=loaded.day(one.since_days),
                organisation=organisation,
            )
            loaded.created["mandates"] += 1
