"""Everybody said yes: each is revealed to the others, and only then; their contacts follow by mail."""

from datetime import datetime

from maillage.domain.actors.models import Account
from maillage.domain.exchanges.operations.disclosure import disclose
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations.moves import moved
from maillage.domain.synergies.operations.promising import short_offers
from maillage.domain.synergies.operations.writing import tell_team, write_shared_interest


def interest_if_all_said_yes(
    synergy: Synergy, *, by: Account | None, at: datetime, addresses: Addresses
) -> Synergy:
    """Share the interest of a locked synergy when every needed party said yes and its offers are still free."""
    parties = list(synergy.parties.filter(is_needed=True).select_related("organisation"))
    if synergy.state != SynergyState.PROPOSED or any(one.answer != Answer.YES for one in parties):
        return synergy
    if short_offers(synergy):
        tell_team(
            synergy=synergy,
            key=f"synergy-waits:{synergy.pk}:{max(one.answered_at or at for one in parties).isoformat()}",
            text=f"« {synergy.title} » : tous ont dit oui, mais l’offre est promise ailleurs.",
            at=at,
            addresses=addresses,
        )
        return synergy
    moved(synergy, "interest", by=by, at=at)
    for line in synergy.lines.select_related("intent"):
        for party in parties:
            if party.organisation_id != line.intent.author_id:
                disclose(intent=line.intent, to=party.organisation, at=at)
    write_shared_interest(synergy=synergy, at=at)
    tell_team(
        synergy=synergy,
        key=f"synergy-yes:{synergy.pk}:{at.isoformat()}",
        text=f"« {synergy.title} » : tout le monde a dit oui.",
        at=at,
        addresses=addresses,
    )
    return synergy
