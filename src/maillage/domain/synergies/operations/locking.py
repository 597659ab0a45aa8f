"""Take a synergy for oneself during a transaction: its row first, then its offers in the order of their keys."""

from collections.abc import Sequence

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.states import TRANSITIONS

STANDS: dict[str, str] = {
    SynergyState.DETECTED: "Cette synergie n’est pas encore proposée aux structures.",
    SynergyState.PROPOSED: "Cette synergie attend la réponse des structures.",
    SynergyState.INTERESTED: "Toutes les structures ont déjà dit oui.",
    SynergyState.TALKS: "Cette synergie est en discussion.",
    SynergyState.AGREED: "L’accord est déjà noté.",
    SynergyState.RUNNING: "Cette synergie est en cours.",
    SynergyState.ENDED: "Cette synergie est terminée.",
    SynergyState.REFUSED: "Cette synergie a été refusée. Rouvrez-la d’abord.",
    SynergyState.ABANDONED: "Cette synergie est abandonnée. Rouvrez-la d’abord.",
}


def locked(synergy: Synergy) -> Synergy:
    """Return the row as it stands now, kept from others until the transaction ends."""
    return Synergy.objects.select_for_update().get(pk=synergy.pk)


def check_starts(synergy: Synergy, verb: str) -> None:
    """Refuse a move that does not start from where the synergy stands."""
    if synergy.state not in TRANSITIONS[verb].starts:
        raise UserMistake(STANDS[synergy.state])


def offers_locked(synergy: Synergy) -> Sequence[Intent]:
    """Return the offers of the synergy, kept from others: two promises on one offer wait for each other here."""
    rows = Intent.objects.filter(kind=IntentKind.OFFER, synergy_lines__synergy=synergy)
    return list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))
