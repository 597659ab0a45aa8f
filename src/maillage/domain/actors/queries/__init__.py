"""What reads in the room, one subject a file."""

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
    duplicates_to_review,
    find_duplicates,
)
from maillage.domain.actors.queries.points import DirectoryPoint, directory_points
from maillage.domain.actors.queries.poles import (
    PoleForViewer,
    PoleOverview,
    mandates_of,
    organisations_of,
    pole_by_slug,
    pole_overview,
    poles_for,
    public_poles,
)
from maillage.domain.actors.queries.scope import directory_scope, is_in_directory
from maillage.domain.actors.queries.sheet import OrganisationSheet, organisation_sheet

__all__ = [
    "Candidate",
    "Composition",
    "Directory",
    "DirectoryEntry",
    "DirectoryFilters",
    "DirectoryPoint",
    "DuplicatePair",
    "OrganisationSheet",
    "PoleForViewer",
    "PoleOverview",
    "PossibleDuplicates",
    "Requirement",
    "article_9_composition",
    "directory",
    "directory_points",
    "directory_scope",
    "duplicates_to_review",
    "find_duplicates",
    "is_in_directory",
    "mandates_of",
    "organisation_sheet",
    "organisations_of",
    "pole_by_slug",
    "pole_overview",
    "poles_for",
    "public_poles",
    "running_on",
]
