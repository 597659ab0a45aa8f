"""Organisations join and leave a pole, in a college; partners work with it without being members."""

from datetime import date

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import friendly_refusals, tidy
from maillage.domain.actors.enums import PartnerKind
from maillage.domain.actors.models import College, Membership, Organisation, Partner, Pole


def _check_is_kept(organisation: Organisation) -> None:
    if organisation.merged_into_id is not None:
        raise UserMistake("Cette fiche a été réunie à une autre. Choisissez celle qui a été gardée.")


def _check_college_is_of(pole_id: int, college: College | None) -> None:
    if college is not None and college.pole_id != pole_id:
        raise UserMistake(
            "Ce collège est celui d’un autre pôle. Choisissez un collège du pôle.", field="college"
        )


@transaction.atomic
def join_pole(
    *,
    pole: Pole,
    organisation: Organisation,
    on: date,
    college: College | None = None,
    until: date | None = None,
) -> Membership:
    """Record a membership from ``on``; two that overlap are refused."""
    _check_is_kept(organisation)
    _check_college_is_of(pole.pk, college)
    with friendly_refusals():
        membership = Membership.objects.create(
            pole=pole, organisation=organisation, college=college, since=on, until=until
        )
    organisation.known_in.add(pole)
    return membership


@transaction.atomic
def leave_pole(*, membership: Membership, on: date) -> Membership:
    """End a membership; ``on`` is the first day without it."""
    if membership.until is not None and membership.until <= on:
        raise UserMistake("Cette adhésion est déjà terminée.", field="until")
    membership.until = on
    with friendly_refusals():
        membership.save(update_fields=["until"])
    return membership


@transaction.atomic
def change_college(*, membership: Membership, college: College | None, on: date) -> Membership:
    """Move a member to another college from ``on``; what it was before stays written."""
    _check_college_is_of(membership.pole_id, college)
    if on <= membership.since:
        membership.college = college
        membership.save(update_fields=["college"])
        return membership
    until = membership.until
    leave_pole(membership=membership, on=on)
    with friendly_refusals():
        return Membership.objects.create(
            pole_id=membership.pole_id,
            organisation_id=membership.organisation_id,
            college=college,
            since=on,
            until=until,
        )


@transaction.atomic
def add_partner(
    *,
    pole: Pole,
    organisation: Organisation,
    on: date,
    kind: str = PartnerKind.OTHER,
    note: str = "",
    until: date | None = None,
) -> Partner:
    """Record that an organisation works with the pole from ``on``."""
    _check_is_kept(organisation)
    with friendly_refusals():
        partner = Partner.objects.create(
            pole=pole, organisation=organisation, kind=kind, since=on, until=until, note=tidy(note)
        )
    organisation.known_in.add(pole)
    return partner


@transaction.atomic
def end_partner(*, partner: Partner, on: date) -> Partner:
    """End a partnership; ``on`` is the first day without it."""
    if partner.until is not None and partner.until <= on:
        raise UserMistake("Ce partenariat est déjà terminé.", field="until")
    partner.until = on
    with friendly_refusals():
        partner.save(update_fields=["until"])
    return partner
