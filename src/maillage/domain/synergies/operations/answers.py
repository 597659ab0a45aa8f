"""What each party answers; the last yes and a no that closes everything move the synergy in the same transaction."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Person
from maillage.domain.synergies.enums import Answer, AnswerChannel, PartySide, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.operations.locking import STANDS, locked
from maillage.domain.synergies.operations.moves import check_reason, moved
from maillage.domain.synergies.operations.promising import short_offers

_SIDES = (frozenset({PartySide.NEED, PartySide.BOTH}), frozenset({PartySide.OFFER, PartySide.BOTH}))


def record_answer(
    *,
    party: SynergyParty,
    answer: str,
    channel: str,
    at: datetime,
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
        _close_links(kept, at)
        return _drawn(synergy, by=by, at=at, last=kept)


def _close_links(party: SynergyParty, at: datetime) -> None:
    Introduction.objects.filter(party=party, used_at=None, revoked_at=None).update(used_at=at)


def _drawn(synergy: Synergy, *, by: Account | None, at: datetime, last: SynergyParty) -> Synergy:
    """Draw what follows from the answers of a locked synergy."""
    parties = list(synergy.parties.filter(is_needed=True))
    if last.answer == Answer.NO and _empties_a_side(parties):
        return moved(synergy, "refuse", by=by, at=at, reason=last.reason, words=last.words)
    if all(one.answer == Answer.YES for one in parties) and not short_offers(synergy):
        return moved(synergy, "interest", by=by, at=at)
    return synergy


def _empties_a_side(parties: list[SynergyParty]) -> bool:
    """Whether a side that somebody held holds nobody any more, or fewer than two are left."""
    left = [one for one in parties if one.answer != Answer.NO]
    emptied = any(
        any(one.side in side for one in parties) and not any(one.side in side for one in left)
        for side in _SIDES
    )
    return emptied or len(left) < 2


def go_on_without(*, party: SynergyParty, by: Account | None, at: datetime) -> Synergy:
    """Go on without a party that said no or does not answer, as long as both sides still hold somebody."""
    with transaction.atomic():
        synergy = locked(party.synergy)
        if synergy.state != SynergyState.PROPOSED:
            raise UserMistake(STANDS[synergy.state])
        kept = SynergyParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
        others = list(synergy.parties.filter(is_needed=True).exclude(pk=kept.pk))
        every = [*others, kept]
        emptied = any(
            any(one.side in side for one in every) and not any(one.side in side for one in others)
            for side in _SIDES
        )
        if emptied or len(others) < 2:
            raise UserMistake("Sans cette structure, il ne reste pas de quoi faire. Notez plutôt un refus.")
        kept.is_needed = False
        kept.save(update_fields=["is_needed"])
        synergy.lines.filter(intent__author=kept.organisation_id).delete()
        Introduction.objects.filter(party=kept, used_at=None, revoked_at=None).update(revoked_at=at)
        if all(one.answer == Answer.YES for one in others) and not short_offers(synergy):
            return moved(synergy, "interest", by=by, at=at)
        return synergy
