"""From lines to the pole, its structures, its people, its members."""

from maillage.importers.demonstration.entry import Entry
from maillage.importers.demonstration.schema import (
    CollegeRow,
    MandateRow,
    MembershipRow,
    OrganisationRow,
    PartnerRow,
    PersonRow,
    PoleRow,
    TerritoryRow,
)


def pole_row(entry: Entry) -> PoleRow:
    """Read the pole with its territory, colleges and partners."""
    row = PoleRow(
        name=entry.text("name"),
        slug=entry.text("slug"),
        tagline=entry.text("tagline"),
        description=entry.text("description"),
        contact_email=entry.text("contact_email"),
        since_days=entry.number("since_days"),
        sponsor=entry.text("sponsor"),
        status_source=entry.text("status_source"),
        territory=_territory(entry.entry("territory")),
        colleges=tuple(_college(one) for one in entry.entries("colleges")),
        partners=tuple(_partner(one) for one in entry.entries("partners")),
    )
    entry.done()
    return row


def _territory(entry: Entry) -> TerritoryRow:
    row = TerritoryRow(
        name=entry.text("name"),
        slug=entry.text("slug"),
        description=entry.text("description"),
        departments=entry.texts("departments"),
        intermunicipal_bodies=entry.texts("intermunicipal_bodies"),
    )
    entry.done()
    return row


def _college(entry: Entry) -> CollegeRow:
    row = CollegeRow(key=entry.text("key"), name=entry.text("name"), weight=entry.number("weight"))
    entry.done()
    return row


def _partner(entry: Entry) -> PartnerRow:
    row = PartnerRow(
        organisation=entry.text("organisation"),
        kind=entry.text("kind"),
        since_days=entry.number("since_days"),
        note=entry.text("note", ""),
    )
    entry.done()
    return row


def organisation_row(entry: Entry, family: str) -> OrganisationRow:
    """Read a structure; ``family`` is that of its file, when the file has one."""
    row = OrganisationRow(
        key=entry.text("key"),
        name=entry.text("name"),
        short_name=entry.text("short_name", ""),
        family=entry.text("family", family or None),
        legal_form=entry.text("legal_form"),
        ess_ground=entry.text("ess", ""),
        inclusion_type=entry.text("inclusion", ""),
        naf_code=entry.text("naf", ""),
        staff_band=entry.text("staff"),
        commune=entry.text("commune"),
        address=entry.text("address", ""),
        description=entry.text("description"),
        file=entry.file,
    )
    entry.done()
    return row


def person_row(entry: Entry) -> PersonRow:
    """Read a person with their mandates."""
    row = PersonRow(
        key=entry.text("key"),
        given_name=entry.text("given"),
        family_name=entry.text("family"),
        email=entry.text("email"),
        mandates=tuple(_mandate(one) for one in entry.entries("mandates")),
        account=entry.text("account", ""),
        file=entry.file,
    )
    entry.done()
    return row


def _mandate(entry: Entry) -> MandateRow:
    row = MandateRow(
        role=entry.text("role"),
        organisation=entry.text("organisation"),
        since_days=entry.number("since_days"),
    )
    entry.done()
    return row


def membership_row(entry: Entry) -> MembershipRow:
    """Read who belongs to the pole."""
    row = MembershipRow(
        organisation=entry.text("organisation"),
        college=entry.text("college"),
        since_days=entry.number("since_days"),
    )
    entry.done()
    return row
