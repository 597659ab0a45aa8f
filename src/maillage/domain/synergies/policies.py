"""Who may do what with a synergy, in pairs: ``check_user_can_x`` raises the reason, ``user_can_x`` answers."""

from collections.abc import Callable

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.models import Synergy, SynergyParty
from maillage.domain.synergies.operations.agreeing import ALREADY, OPENS_FROM, has_agreement
from maillage.domain.synergies.operations.locking import STANDS
from maillage.domain.synergies.operations.undo import undo_refusal
from maillage.domain.synergies.states import BY_AGREEMENT, CLOSED, FOLLOWS, TRANSITIONS

_SIGN_IN = "Connectez-vous d’abord."
_TEAM = "Les synergies se suivent par l’équipe d’animation du pôle."
_NOT_PARTY = "Cette synergie se lit par l’animation et par les structures concernées."


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def check_user_can_run_synergies(viewer: Viewer, pole: Pole) -> None:
    """The facilitators follow the synergies of their pole."""
    if not viewer.runs(pole.pk):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)


def user_can_run_synergies(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_run_synergies`` lets pass."""
    return _allowed(lambda: check_user_can_run_synergies(viewer, pole))


def check_user_can_list_synergies(viewer: Viewer, pole: Pole) -> None:
    """The team sees every synergy, somebody who represents a structure those of that structure."""
    if not viewer.runs(pole.pk) and not spoken_for(viewer, pole.pk):
        raise Refused(
            "Les synergies se lisent par l’animation et par les structures du pôle."
            if viewer.is_signed_in
            else _SIGN_IN
        )


def user_can_list_synergies(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_list_synergies`` lets pass."""
    return _allowed(lambda: check_user_can_list_synergies(viewer, pole))


def check_user_can_see_synergy(viewer: Viewer, synergy: Synergy) -> None:
    """A synergy is for those who run the pole and, once proposed, for its parties."""
    if viewer.runs(synergy.pole_id):
        return
    mine = spoken_for(viewer, synergy.pole_id)
    is_party = mine and synergy.parties.filter(organisation_id__in=mine).exists()
    if not is_party or synergy.state == SynergyState.DETECTED:
        raise Refused(_NOT_PARTY if viewer.is_signed_in else _SIGN_IN)


def user_can_see_synergy(viewer: Viewer, synergy: Synergy) -> bool:
    """Say whether ``check_user_can_see_synergy`` lets pass."""
    return _allowed(lambda: check_user_can_see_synergy(viewer, synergy))


def check_user_can_follow_synergy(viewer: Viewer, synergy: Synergy) -> None:
    """Owner, next step and due date are the team's."""
    if not viewer.runs(synergy.pole_id):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)
    if synergy.state in CLOSED:
        raise Refused(STANDS[synergy.state])


def user_can_follow_synergy(viewer: Viewer, synergy: Synergy) -> bool:
    """Say whether ``check_user_can_follow_synergy`` lets pass."""
    return _allowed(lambda: check_user_can_follow_synergy(viewer, synergy))


def check_user_can_move_synergy(viewer: Viewer, synergy: Synergy, verb: str) -> None:
    """Refuse who may not, or a move that does not start from where the synergy stands."""
    if not viewer.runs(synergy.pole_id):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)
    if verb in FOLLOWS:
        raise Refused("Ceci suit des réponses : notez celle de chaque structure.")
    if synergy.state not in TRANSITIONS[verb].starts:
        raise Refused(STANDS[synergy.state])
    if verb in BY_AGREEMENT and has_agreement(synergy):
        raise Refused("La synergie suit son accord : il se signe, commence et se termine sur sa page.")


def user_can_move_synergy(viewer: Viewer, synergy: Synergy, verb: str) -> bool:
    """Say whether ``check_user_can_move_synergy`` lets pass."""
    return _allowed(lambda: check_user_can_move_synergy(viewer, synergy, verb))


def check_user_can_open_its_agreement(viewer: Viewer, synergy: Synergy) -> None:
    """The team opens the agreement once everybody is interested, and once."""
    if not viewer.runs(synergy.pole_id):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)
    if synergy.state not in OPENS_FROM:
        raise Refused(STANDS[synergy.state])
    if has_agreement(synergy):
        raise Refused(ALREADY)


def user_can_open_its_agreement(viewer: Viewer, synergy: Synergy) -> bool:
    """Say whether ``check_user_can_open_its_agreement`` lets pass."""
    return _allowed(lambda: check_user_can_open_its_agreement(viewer, synergy))


def check_user_can_undo_synergy(viewer: Viewer, synergy: Synergy) -> None:
    """The last move is taken back by the team, while nothing followed."""
    if not viewer.runs(synergy.pole_id):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)
    why = undo_refusal(synergy=synergy, last=synergy.changes.first())
    if why:
        raise Refused(why)


def user_can_undo_synergy(viewer: Viewer, synergy: Synergy) -> bool:
    """Say whether ``check_user_can_undo_synergy`` lets pass."""
    return _allowed(lambda: check_user_can_undo_synergy(viewer, synergy))


def check_user_can_answer(viewer: Viewer, party: SynergyParty) -> None:
    """A structure answers for itself; the team notes what it was told by phone."""
    synergy = party.synergy
    if not viewer.runs(synergy.pole_id) and party.organisation_id not in spoken_for(viewer, synergy.pole_id):
        raise Refused("Chaque structure répond pour elle-même." if viewer.is_signed_in else _SIGN_IN)
    if synergy.state != SynergyState.PROPOSED:
        raise Refused(STANDS[synergy.state])
    if not party.is_needed:
        raise Refused("La synergie continue sans cette structure.")


def user_can_answer(viewer: Viewer, party: SynergyParty) -> bool:
    """Say whether ``check_user_can_answer`` lets pass."""
    return _allowed(lambda: check_user_can_answer(viewer, party))


def check_user_can_go_on_without(viewer: Viewer, party: SynergyParty) -> None:
    """The team may go on without a party that has not said yes."""
    if not viewer.runs(party.synergy.pole_id):
        raise Refused(_TEAM if viewer.is_signed_in else _SIGN_IN)
    if party.synergy.state != SynergyState.PROPOSED:
        raise Refused(STANDS[party.synergy.state])
    if party.answer == Answer.YES:
        raise Refused("Cette structure a dit oui.")


def user_can_go_on_without(viewer: Viewer, party: SynergyParty) -> bool:
    """Say whether ``check_user_can_go_on_without`` lets pass."""
    return _allowed(lambda: check_user_can_go_on_without(viewer, party))


def refusals(viewer: Viewer, synergy: Synergy) -> dict[str, str]:
    """Return, for each move of the table, the reason why the person may not, or "" when they may."""
    found: dict[str, str] = {}
    for verb in TRANSITIONS:
        try:
            check_user_can_move_synergy(viewer, synergy, verb)
        except Refused as refused:
            found[verb] = refused.message
        else:
            found[verb] = ""
    return found
