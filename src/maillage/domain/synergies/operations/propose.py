"""Propose a synergy: every party is invited to answer for itself."""

from datetime import datetime, timedelta

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import Answer
from maillage.domain.synergies.models import Introduction, Synergy
from maillage.domain.synergies.operations.locking import check_starts, locked
from maillage.domain.synergies.operations.moves import moved
from maillage.domain.synergies.operations.writing import tell_team, write_introduction
from maillage.domain.synergies.rhythm import day_of, end_of_day, rhythm_of


def propose(*, synergy: Synergy, by: Account | None, at: datetime, addresses: Addresses) -> Synergy:
    """Ask every party by mail; the links of the letters serve once, until the end of their last day.

    A structure that has no address is told to the team, which phones and notes the answer.
    """
    with transaction.atomic():
        kept = locked(synergy)
        check_starts(kept, "propose")
        asked = list(kept.parties.filter(is_needed=True).select_related("organisation", "synergy__pole"))
        if len(asked) < 2:
            raise UserMistake("Une synergie se fait à deux au moins. Ajoutez une structure.")
        moved(kept, "propose", by=by, at=at)
        on = day_of(at)
        until = end_of_day(on + timedelta(days=rhythm_of(pole=kept.pole, on=on).expires_days))
        for party in asked:
            if party.answer == Answer.WAITING:
                introduction = Introduction.objects.create(
                    party=party, sent_at=at, expires_at=until, last_letter_on=on
                )
                _write_first(introduction, at, addresses)
    return kept


def _write_first(introduction: Introduction, at: datetime, addresses: Addresses) -> None:
    if write_introduction(introduction=introduction, turn=1, at=at, addresses=addresses):
        return
    introduction.letters, introduction.woken_on = 0, day_of(at)
    introduction.save(update_fields=["letters", "woken_on"])
    name = introduction.party.organisation.name
    tell_team(
        synergy=introduction.party.synergy,
        key=f"introduction:{introduction.pk}:no-address",
        text=f"Aucun courriel connu pour {name} : appelez, puis notez la réponse.",
        at=at,
        addresses=addresses,
    )
