"""Requests for an access: asked by anybody, answered by the pole."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy, tidy_lines
from maillage.domain.actors.enums import RequestState
from maillage.domain.actors.models import AccessRequest, Account, Organisation, Pole
from maillage.domain.actors.operations.accounts import Invitation, invite
from maillage.domain.actors.states import REQUEST_MOVES

LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity provider proved of somebody."""

    provider: str
    subject: str
    siret: str = ""


@transaction.atomic
def ask_access(
    *,
    pole: Pole,
    given_name: str,
    family_name: str,
    email: str,
    at: datetime,
    organisation: Organisation | None = None,
    organisation_name: str = "",
    words: str = "",
    identity: Identity | None = None,
) -> AccessRequest:
    """Keep a request. Somebody who asks again while they wait is told so, and nothing is doubled."""
    values = {
        "given_name": tidy(given_name),
        "family_name": tidy(family_name),
        "email": tidy(email).lower(),
        "organisation_name": tidy(organisation_name),
    }
    words = tidy_lines(words)
    _check_asked(values, words)
    check_fields(AccessRequest, values)
    with friendly_refusals():
        return AccessRequest.objects.create(
            pole=pole,
            organisation=organisation,
            words=words,
            asked_at=at,
            proven_by=identity.provider if identity else "",
            proven_subject=identity.subject if identity else "",
            proven_siret=identity.siret if identity else "",
            **values,
        )


def _check_asked(values: dict[str, str], words: str) -> None:
    for name, sentence in (
        ("given_name", "Donnez votre prénom."),
        ("family_name", "Donnez votre nom."),
        ("email", "Donnez un courriel : la réponse y arrive."),
    ):
        if not values[name]:
            raise UserMistake(sentence, field=name)
    if len(words) > LONGEST_WORDS:
        raise UserMistake("C’est un peu long : deux mille signes au plus.", field="words")


@transaction.atomic
def accept_access(
    *,
    request: AccessRequest,
    role: str,
    organisation: Organisation | None,
    by: Account,
    at: datetime,
    on: date,
) -> Invitation:
    """Say yes: the person receives the role, and an account when they have none."""
    waiting = _to_answer(request, "accept")
    invitation = invite(
        email=waiting.email,
        given_name=waiting.given_name,
        family_name=waiting.family_name,
        pole=waiting.pole,
        role=role,
        on=on,
        organisation=organisation,
    )
    waiting.account = invitation.account
    waiting.organisation = organisation
    _answer(waiting, "accept", by, at)
    return invitation


@transaction.atomic
def refuse_access(*, request: AccessRequest, reason: str, by: Account, at: datetime) -> AccessRequest:
    """Say no, with a reason that the person reads."""
    waiting = _to_answer(request, "refuse")
    waiting.reason = tidy(reason)
    if not waiting.reason:
        raise UserMistake("Dites pourquoi : la personne lira votre réponse.", field="reason")
    check_fields(AccessRequest, {"reason": waiting.reason})
    return _answer(waiting, "refuse", by, at)


def _to_answer(request: AccessRequest, verb: str) -> AccessRequest:
    """Lock the request, so that two who answer at once do not both."""
    kept = AccessRequest.objects.select_for_update(of=("self",)).select_related("pole").get(pk=request.pk)
    if kept.state not in REQUEST_MOVES[verb].starts:
        raise UserMistake(f"Cette demande a déjà sa réponse : {RequestState(kept.state).label.lower()}.")
    return kept


def _answer(request: AccessRequest, verb: str, by: Account, at: datetime) -> AccessRequest:
    request.state = REQUEST_MOVES[verb].ends
    request.answered_by, request.answered_at = by, at
    with friendly_refusals():
        request.save(
            update_fields=["state", "answered_by", "answered_at", "account", "organisation", "reason"]
        )
    return request
