"""What each party answers; the last yes and a no that closes everything move the synergy in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Person
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import Answer, AnswerChannel, PartySide, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.operations.interest import interest_if_all_said_yes
from maillage.domain.synergies.operations.locking import STANDS, locked
from maillage.domain.synergies.operations.moves import check_reason, moved
from maillage.domain.synergies.operations.writing import tell_team, write_stopped

_SIDES = (frozenset({PartySide.NEED, PartySide.BOTH}), frozenset({PartySide.OFFER, PartySide.BOTH}))
_SAID = {Answer.YES: "a dit oui", Answer.NO: "a dit non"}


def record_answer(
    *,
    party: SynergyParty,
    answer: str,
    channel: str,
    at: datetime,
    addresses: Addresses,
    by: Account | None = None,
    person: Person | None = None,
    reason: str = "",
    words: str = "",
) -> Synergy:
    """Keep the answer of a party while the synergy is proposed; a second answer replaces the first.

    The last yes makes the interest shared, unless an offer was promised elsewhere meanwhile: the answers are kept,
    and the synergy waits for it to be free. A no that leaves one side empty refuses the synergy.
    """
    if answer not in {Answer.YES, Answer.NO}:
        raise UserMistake("Répondez oui ou non.", field="answer")
    if answer == Answer.NO:
        check_reason(verb="refuse", reason=reason, words=words)
    with transaction.atomic():
        synergy = locked(party.synergy)
        if synergy.state != SynergyState.PROPOSED:
            raise UserMistake(STANDS[synergy.state])
        kept = SynergyParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
        is_no = answer == Answer.NO
        kept.answer, kept.channel, kept.answered_at = answer, AnswerChannel(channel), at
        kept.reason, kept.words = (reason, words.strip()) if is_no else ("", "")
        kept.answered_by, kept.person = by, person
        kept.save()
        Introduction.objects.filter(party=kept, used_at=None, revoked_at=None).update(used_at=at)
        if channel != AnswerChannel.TEAM:
            _tell(synergy, kept, at, addresses)
        if is_no and _refuses_all(synergy, kept):
            moved(synergy, "refuse", by=by, at=at, reason=reason, words=words)
            write_stopped(synergy=synergy, at=at)
            return synergy
        return interest_if_all_said_yes(synergy, by=by, at=at, addresses=addresses)


def _tell(synergy: Synergy, party: SynergyParty, at: datetime, addresses: Addresses) -> None:
    tell_team(
        synergy=synergy,
        key=f"synergy-answer:{party.pk}:{at.isoformat()}",
        text=f"{party.organisation.name} {_SAID[Answer(party.answer)]} : « {synergy.title} ».",
        at=at,
        addresses=addresses,
    )


def _refuses_all(synergy: Synergy, last: SynergyParty) -> bool:
    parties = list(synergy.parties.filter(is_needed=True))
    return last.is_needed and not _can_do([one for one in parties if one.answer != Answer.NO], of=parties)


def _can_do(left: Iterable[SynergyParty], *, of: Iterable[SynergyParty]) -> bool:
    """Whether two are left at least, and somebody on each side that somebody held."""
    left, every = list(left), list(of)
    held = [side for side in _SIDES if any(one.side in side for one in every)]
    return len(left) >= 2 and all(any(one.side in side for one in left) for side in held)


def go_on_without(*, party: SynergyParty, by: Account | None, at: datetime, addresses: Addresses) -> Synergy:
    """Go on without a party that said no or does not answer, as long as both sides still hold somebody."""
    with transaction.atomic():
        synergy = locked(party.synergy)
        if synergy.state != SynergyState.PROPOSED:
            raise UserMistake(STANDS[synergy.state])
        parties = list(synergy.parties.select_for_update(of=("self",)).filter(is_needed=True))
        if not _can_do([one for one in parties if one.pk != party.pk], of=parties):
            raise UserMistake("Sans cette structure, il ne reste pas de quoi faire. Notez plutôt un refus.")
        SynergyParty.objects.filter(pk=party.pk).update(is_needed=False)
        synergy.lines.filter(intent__author=party.organisation_id).delete()
        Introduction.objects.filter(party=party, used_at=None, revoked_at=None).update(revoked_at=at)
        return interest_if_all_said_yes(synergy, by=by, at=at, addresses=addresses)
