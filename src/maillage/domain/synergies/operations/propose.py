"""Propose a synergy: every party is invited to answer for itself."""

from datetime import datetime, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.synergies.enums import Answer
from maillage.domain.synergies.models import Introduction, Synergy
from maillage.domain.synergies.operations.locking import check_starts, locked
from maillage.domain.synergies.operations.moves import moved
from maillage.domain.synergies.rhythm import day_of, end_of_day, rhythm_of


def propose(*, synergy: Synergy, by: Account | None, at: datetime) -> Synergy:
    """Ask every party; the links of the letters serve once, until their day."""
    with transaction.atomic():
        kept = locked(synergy)
        check_starts(kept, "propose")
        if kept.parties.filter(is_needed=True).count() < 2:
            raise UserMistake("Une synergie se fait à deux au moins. Ajoutez une structure.")
        moved(kept, "propose", by=by, at=at)
        on = day_of(at)
        until = end_of_day(on + timedelta(days=rhythm_of(pole=kept.pole, on=on).expires_days))
        for party in kept.parties.filter(is_needed=True, answer=Answer.WAITING):
            Introduction.objects.create(party=party, sent_at=at, expires_at=until, last_letter_on=on)
    return kept
