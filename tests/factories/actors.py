"""Organisations, people, poles, mandates, accounts and viewers for the tests."""

from datetime import date
from itertools import count
from typing import Any

from maillage.domain.actors.enums import ActorFamily, MandateRole, PoleStatusKind
from maillage.domain.actors.models import (
    Account,
    College,
    Mandate,
    Membership,
    Organisation,
    Person,
    Pole,
    PoleSponsor,
    PoleStatus,
    Site,
)
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.places.models import Municipality, Territory
from tests.factories import TODAY
from tests.factories.places import make_municipality, make_territory

_NUMBERS = count(1)
LONG_AGO = date(2024, 1, 1)
_MANDATE_OF = {
    Role.MEMBER: MandateRole.REPRESENTATIVE,
    Role.BOARD: MandateRole.BOARD,
    Role.AUTHORITY_AGENT: MandateRole.AUTHORITY_AGENT,
    Role.FACILITATOR: MandateRole.FACILITATOR,
    Role.NETWORK: MandateRole.NETWORK,
    Role.ADMINISTRATOR: MandateRole.ADMINISTRATOR,
}
_NEEDS_ORGANISATION = {Role.MEMBER, Role.AUTHORITY_AGENT}


def make_organisation(
    name: str | None = None, *, family: str = ActorFamily.SOCIAL, **fields: Any
) -> Organisation:
    made = Organisation.objects.create(name=name or f"Structure {next(_NUMBERS)}", family=family, **fields)
    return Organisation.objects.get(pk=made.pk)


def make_site(
    organisation: Organisation | None = None,
    *,
    municipality: Municipality | None = None,
    is_head: bool = True,
    **fields: Any,
) -> Site:
    return Site.objects.create(
        organisation=organisation or make_organisation(),
        municipality=municipality or make_municipality(),
        is_head=is_head,
        **fields,
    )


def make_person(given_name: str = "Camille", family_name: str | None = None, **fields: Any) -> Person:
    return Person.objects.create(
        given_name=given_name, family_name=family_name or f"Essai{next(_NUMBERS)}", **fields
    )


def make_pole(
    name: str | None = None,
    slug: str | None = None,
    *,
    territory: Territory | None = None,
    sponsor: Organisation | None = None,
    status: str | None = PoleStatusKind.SELF_DECLARED,
) -> Pole:
    number = next(_NUMBERS)
    pole = Pole.objects.create(
        name=name or f"Pôle {number}", slug=slug or f"pole-{number}", territory=territory or make_territory()
    )
    if sponsor is not None:
        PoleSponsor.objects.create(pole=pole, organisation=sponsor, since=LONG_AGO)
    if status is not None:
        PoleStatus.objects.create(pole=pole, status=status, since=LONG_AGO)
    return pole


def make_college(pole: Pole, name: str = "Entreprises de l’ESS") -> College:
    return College.objects.get_or_create(pole=pole, name=name)[0]


def make_membership(
    pole: Pole | None = None,
    organisation: Organisation | None = None,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
    college: College | None = None,
) -> Membership:
    return Membership.objects.create(
        pole=pole or make_pole(),
        organisation=organisation or make_organisation(),
        since=since,
        until=until,
        college=college,
    )


def make_mandate(
    person: Person | None = None,
    pole: Pole | None = None,
    *,
    role: str = MandateRole.REPRESENTATIVE,
    organisation: Organisation | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Mandate:
    if organisation is None and role not in {
        MandateRole.BOARD,
        MandateRole.FACILITATOR,
        MandateRole.NETWORK,
        MandateRole.ADMINISTRATOR,
    }:
        organisation = make_organisation()
    return Mandate.objects.create(
        person=person or make_person(),
        pole=pole or make_pole(),
        organisation=organisation,
        role=role,
        since=since,
        until=until,
    )


def make_account(
    role: Role | None = None,
    pole: Pole | None = None,
    organisation: Organisation | None = None,
    *,
    email: str | None = None,
    password: str | None = None,
    **fields: Any,
) -> Account:
    """Make an account; with a role, its person holds the mandate that gives it in ``pole``.

    A member and an authority's agent speak for ``organisation`` (made, and made a member, when not given).
    """
    person = make_person()
    account = Account.objects.create_user(
        email or f"compte{next(_NUMBERS)}@exemple.fr", password, person=person, **fields
    )
    if role is not None and role is not Role.VISITOR:
        pole = pole or make_pole()
        if organisation is None and role in _NEEDS_ORGANISATION:
            family = ActorFamily.AUTHORITY if role is Role.AUTHORITY_AGENT else ActorFamily.SOCIAL
            organisation = make_organisation(family=family)
            make_membership(pole, organisation)
        make_mandate(person, pole, role=_MANDATE_OF[role], organisation=organisation)
    return account


def make_viewer(
    role: Role = Role.VISITOR,
    pole: Pole | None = None,
    organisation: Organisation | None = None,
    *,
    on: date = TODAY,
) -> Viewer:
    """Make somebody who looks; a visitor has no account."""
    account = None if role is Role.VISITOR else make_account(role, pole, organisation)
    return Viewer(account=account, on=on)
