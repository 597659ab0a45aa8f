"""The models of the room, one subject a file."""

from maillage.domain.actors.models.access import AccessRequest, SignInLink
from maillage.domain.actors.models.account import Account
from maillage.domain.actors.models.organisation import (
    DuplicateDismissal,
    Organisation,
    OrganisationMerge,
    Site,
)
from maillage.domain.actors.models.person import Mandate, Person
from maillage.domain.actors.models.pole import (
    College,
    Membership,
    Partner,
    Pole,
    PoleSponsor,
    PoleStatus,
)

__all__ = [
    "AccessRequest",
    "Account",
    "College",
    "DuplicateDismissal",
    "Mandate",
    "Membership",
    "Organisation",
    "OrganisationMerge",
    "Partner",
    "Person",
    "Pole",
    "PoleSponsor",
    "PoleStatus",
    "SignInLink",
    "Site",
]
