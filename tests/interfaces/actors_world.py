"""A small pole for the tests of the directory: four structures, one account a role."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from maillage.domain.actors.enums import ActorFamily, LegalForm
from maillage.domain.actors.models import Account, College, Organisation, Pole
from maillage.domain.actors.viewer import Role
from tests.factories.actors import (
    make_account,
    make_college,
    make_membership,
    make_organisation,
    make_pole,
    make_site,
)
from tests.factories.places import make_municipality

SIREN = "732829320"
SIRET = "73282932000074"


@dataclass
class Town:
    """The pole, its people, its structures."""

    pole: Pole
    college: College
    rebond: Organisation
    ciel: Organisation
    mill: Organisation
    accounts: dict[Role, Account] = field(default_factory=dict)

    def client(self, role: Role | None = None) -> Client:
        """A browser, signed in with a role."""
        client = Client()
        if role is not None:
            backend = "django.contrib.auth.backends.ModelBackend"
            client.force_login(self.accounts[role], backend=backend)
        return client

    def url(self, rest: str = "") -> str:
        """An address of the directory."""
        return f"/p/{self.pole.slug}/structures/{rest}"


def make_town(**sites: Any) -> Town:
    """Build the pole: Rebond is a member (represented), Ci&el a member, the mill a known business."""
    pole = make_pole("Pôle d’essai", "essai")
    college = make_college(pole)
    place = make_municipality("Bourges-d’Essai", latitude=47.08, longitude=2.4)
    rebond = make_organisation(
        "Atelier Rebond",
        legal_form=LegalForm.ASSOCIATION,
        inclusion_type="ACI",
        email="rebond@exemple.fr",
        phone="0200000000",
    )
    ciel = make_organisation("Réseau Ci&el", family=ActorFamily.SOCIAL, legal_form=LegalForm.SCIC)
    mill = make_organisation("Moulin à l’ancienne", family=ActorFamily.BUSINESS)
    for one in (rebond, ciel, mill):
        make_site(one, municipality=place, **sites)
    make_membership(pole, rebond, college=college)
    make_membership(pole, ciel)
    mill.known_in.add(pole)
    town = Town(pole, college, rebond, ciel, mill)
    for role in (Role.FACILITATOR, Role.ADMINISTRATOR, Role.NETWORK):
        town.accounts[role] = make_account(role, pole)
    town.accounts[Role.MEMBER] = make_account(Role.MEMBER, pole, rebond)
    return town
