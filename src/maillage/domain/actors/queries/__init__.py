"""What reads in the room, one subject a file."""

from maillage.domain.actors.queries.access import (
    account_by_email,
    account_proven,
    accounts_that_run,
    organisation_of_siret,
    request_in,
    requests_of,
    waiting_requests,
)
from maillage.domain.actors.queries.composition import Composition, Requirement, article_9_composition
from maillage.domain.actors.queries.directory import (
    Directory,
    DirectoryEntry,
    DirectoryFilters,
    directory,
    running_on,
)
from maillage.domain.actors.queries.duplicates import (
    Candidate,
    DuplicatePair,
    PossibleDuplicates,
    dismissal_numbered,
    dismissals_in,
    duplicates_to_review,
    find_duplicates,
)
from maillage.domain.actors.queries.kept import (
    colleges_of,
    mandate_in,
    membership_in,
    organisation_anywhere,
    organisation_in,
    partner_in,
    sites_of,
)
from maillage.domain.actors.queries.merge_preview import MergePreview, merge_preview
from maillage.domain.actors.queries.points import DirectoryPoint, directory_points, points_of
from maillage.domain.actors.queries.poles import (
    PoleForViewer,
    PoleOverview,
    mandates_of,
    organisations_of,
    pole_by_pk,
    pole_by_slug,
    pole_for,
    pole_overview,
    poles_for,
    public_poles,
)
from maillage.domain.actors.queries.records import DirectoryRecord, directory_records
from maillage.domain.actors.queries.scope import directory_scope, is_in_directory
from maillage.domain.actors.queries.sheet import OrganisationSheet, organisation_sheet
from maillage.domain.actors.queries.tallies import DirectoryTallies, directory_tallies

__all__ = [
    "Candidate",
    "Composition",
    "Directory",
    "DirectoryEntry",
    "DirectoryFilters",
    "DirectoryPoint",
    "DirectoryRecord",
    "DirectoryTallies",
    "DuplicatePair",
    "MergePreview",
    "OrganisationSheet",
    "PoleForViewer",
    "PoleOverview",
    "PossibleDuplicates",
    "Requirement",
    "account_by_email",
    "account_proven",
    "accounts_that_run",
    "article_9_composition",
    "colleges_of",
    "directory",
    "directory_points",
    "directory_records",
    "directory_scope",
    "directory_tallies",
    "dismissal_numbered",
    "dismissals_in",
    "duplicates_to_review",
    "find_duplicates",
    "is_in_directory",
    "mandate_in",
    "mandates_of",
    "membership_in",
    "merge_preview",
    "organisation_anywhere",
    "organisation_in",
    "organisation_of_siret",
    "organisation_sheet",
    "organisations_of",
    "partner_in",
    "points_of",
    "pole_by_pk",
    "pole_by_slug",
    "pole_for",
    "pole_overview",
    "poles_for",
    "public_poles",
    "request_in",
    "requests_of",
    "running_on",
    "sites_of",
    "waiting_requests",
]
