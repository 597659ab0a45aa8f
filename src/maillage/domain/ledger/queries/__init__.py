"""Everything that reads the ledger for a page: what comes out is what the viewer may see."""

from maillage.domain.ledger.queries.agreements import (
    NAMED_PARTIES,
    AgreementRow,
    AgreementSheet,
    PartyLine,
    agreement_sheet,
    agreements_list,
    seen_agreements,
    sheet_of,
    unnamed_parties,
)
from maillage.domain.ledger.queries.bookings import Booking, bookings_of
from maillage.domain.ledger.queries.events import EventLine, event_lines, events_of_organisation
from maillage.domain.ledger.queries.organisation import (
    Balance,
    OrganisationAgreement,
    OrganisationPromise,
    agreements_of_organisation,
    balance_of,
    promises_of_organisation,
)
from maillage.domain.ledger.queries.progress import Progress, commitment_progress
from maillage.domain.ledger.queries.totals import Total, total_lines, totals_by_type

__all__ = [
    "NAMED_PARTIES",
    "AgreementRow",
    "AgreementSheet",
    "Balance",
    "Booking",
    "EventLine",
    "OrganisationAgreement",
    "OrganisationPromise",
    "PartyLine",
    "Progress",
    "Total",
    "agreement_sheet",
    "agreements_list",
    "agreements_of_organisation",
    "balance_of",
    "bookings_of",
    "commitment_progress",
    "event_lines",
    "events_of_organisation",
    "promises_of_organisation",
    "seen_agreements",
    "sheet_of",
    "total_lines",
    "totals_by_type",
    "unnamed_parties",
]
