"""« Toujours d’actualité ? »: ask a structure with one letter, and take its answer without an account."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.days.models import ConfirmationRequest
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import confirm, withdraw
from maillage.domain.exchanges.queries.figures import STALE_DAYS
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.operations import queue_letter
from maillage.domain.mail.recipients import recipients_of

SERVES_DAYS = 60
EXPIRED = "Ce lien a servi ou a expiré. Écrivez au pôle : il vous en enverra un autre."


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking several structures gave: how many letters, and whom we have no address for."""

    letters: int
    without_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did: how many lines are confirmed, withdrawn, and which stay because they are promised."""

    confirmed: int
    withdrawn: int
    promised: tuple[str, ...] = ()


def lines_to_confirm(*, pole: Pole, organisation: Organisation, on: date) -> list[Intent]:
    """Return the open needs and offers of a structure that nobody confirmed for long, oldest first."""
    rows = Intent.objects.filter(
        pole=pole,
        author=organisation,
        state=IntentState.OPEN,
        confirmed_on__lt=on - timedelta(days=STALE_DAYS),
    )
    return list(rows.order_by("confirmed_on", "pk"))


def ask_confirmation(
    *,
    pole: Pole,
    organisations: Collection[Organisation],
    by: Account | None,
    on: date,
    at: datetime,
    address: Callable[[ConfirmationRequest], str],
) -> Asked:
    """Write one letter to each recipient of each structure; asking twice the same day writes nothing more."""
    letters, without = 0, []
    for organisation in organisations:
        count = _ask(pole, organisation, by, on, at, address)
        letters += count or 0
        if count is None:
            without.append(organisation.name)
    return Asked(letters, tuple(without))


@transaction.atomic
def _ask(
    pole: Pole,
    organisation: Organisation,
    by: Account | None,
    on: date,
    at: datetime,
    address: Callable[[ConfirmationRequest], str],
) -> int | None:
    """Return how many letters were written; None when there is nobody to write to."""
    recipients = recipients_of(organisation=organisation, pole_id=pole.pk, on=on)
    lines = lines_to_confirm(pole=pole, organisation=organisation, on=on)
    if not recipients:
        return None
    if not lines:
        return 0
    request, is_new = ConfirmationRequest.objects.get_or_create(
        pole=pole,
        organisation=organisation,
        asked_on=on,
        defaults={"expires_on": on + timedelta(days=SERVES_DAYS), "asked_by": by},
    )
    if not is_new:
        return 0
    for one in recipients:
        name = one.person.given_name if one.person else ""
        queue_letter(
            key=f"confirmation:{request.pk}:{one.email.lower()}",
            kind=MessageKind.CONFIRMATION,
            to=one.email,
            person=one.person,
            pole=pole,
            at=at,
            letter=_letter(pole, organisation, lines, name, address(request)),
        )
    return len(recipients)


def _letter(pole: Pole, organisation: Organisation, lines: list[Intent], name: str, url: str) -> Letter:
    count = len(lines)
    said = plural(count, "chose que vous nous avez dite", "choses que vous nous avez dites")
    return Letter(
        subject="Toujours d’actualité ?",
        greeting=f"Bonjour {name}".strip() + ",",
        paragraphs=(
            f"{count}{NBSP}{said} pour {organisation.name} {plural(count, 'date', 'datent')} "
            f"de plus de six mois{NBSP}:",
            *(f"{line.get_kind_display()}{NBSP}: {line.title}" for line in lines),
            "Un instant suffit pour nous dire ce qui tient encore. Le lien marche sans mot de passe.",
        ),
        buttons=(Button("Dire ce qui tient encore", url),),
        closing=f"Merci, et à bientôt. {pole.name}",
    )


def request_of(*, pk: int, on: date) -> ConfirmationRequest:
    """Return a request whose link still serves; raise ``UserMistake`` otherwise."""
    found = ConfirmationRequest.objects.select_related("pole", "organisation").filter(pk=pk).first()
    if found is None or found.answered_at is not None or found.expires_on < on:
        raise UserMistake(EXPIRED)
    return found


@transaction.atomic
def answer_confirmation(
    *, request: ConfirmationRequest, kept: Collection[int], on: date, at: datetime
) -> Answered:
    """Confirm the lines that still hold, withdraw the others; the link has then served.

    A line that was confirmed or moved in the meantime is left as it is; so is an offer that is promised to somebody.
    """
    locked = ConfirmationRequest.objects.select_for_update().get(pk=request.pk)
    if locked.answered_at is not None or locked.expires_on < on:
        raise UserMistake(EXPIRED)
    confirmed, withdrawn, promised = 0, 0, []
    for line in lines_to_confirm(pole=request.pole, organisation=request.organisation, on=on):
        if line.pk in kept:
            confirm(intent=line, on=on)
            confirmed += 1
            continue
        try:
            withdraw(intent=line, by=None, at=at, reason="La structure dit que ce n’est plus d’actualité.")
        except UserMistake:
            promised.append(line.title)
        else:
            withdrawn += 1
    locked.answered_at = at
    locked.save(update_fields=["answered_at"])
    return Answered(confirmed, withdrawn, tuple(promised))
