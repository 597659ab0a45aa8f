"""Who may do what with an intent, in pairs: ``check_user_can_x`` raises the reason, ``user_can_x`` answers."""

from collections.abc import Callable

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.describe import already_sentence, this_one
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.sight import Sight, sight_of, spoken_for
from maillage.domain.exchanges.states import TRANSITIONS

_SIGN_IN = "Connectez-vous d’abord."
_NOT_YOURS = "Seules l’animation du pôle et la structure qui l’a dit peuvent le faire."


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def check_user_can_note_intent(viewer: Viewer, pole_id: int, *, author_id: int | None = None) -> None:
    """Refuse who may not note a need or an offer in the pole, or not in the name of ``author_id``."""
    if viewer.runs(pole_id):
        return
    if not viewer.is_signed_in:
        raise Refused(_SIGN_IN)
    mine = spoken_for(viewer, pole_id)
    if not mine:
        raise Refused("Seules l’animation et les structures membres du pôle notent un besoin ou une offre.")
    if author_id is not None and author_id not in mine:
        raise Refused("Vous notez pour les structures que vous représentez. Demandez à l’animation du pôle.")


def user_can_note_intent(viewer: Viewer, pole_id: int, *, author_id: int | None = None) -> bool:
    """Say whether the person may note a need or an offer."""
    return _allowed(lambda: check_user_can_note_intent(viewer, pole_id, author_id=author_id))


def check_user_can_see_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who sees nothing of the intent."""
    if sight_of(viewer, intent) is Sight.NOTHING:
        raise Refused(f"Vous ne pouvez pas voir {this_one(intent.kind)}.")


def user_can_see_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person sees at least the outline of the intent."""
    return _allowed(lambda: check_user_can_see_intent(viewer, intent))


def check_user_can_see_author(viewer: Viewer, intent: Intent) -> None:
    """Refuse who does not see the whole of the intent: its author, words, place, evidence."""
    if sight_of(viewer, intent) is not Sight.WHOLE:
        raise Refused("La structure a choisi de ne pas dire son nom. L’animation du pôle peut la joindre.")


def user_can_see_author(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person sees the whole of the intent."""
    return _allowed(lambda: check_user_can_see_author(viewer, intent))


def _check_writes(viewer: Viewer, intent: Intent) -> None:
    if viewer.runs(intent.pole_id) or intent.author_id in spoken_for(viewer, intent.pole_id):
        return
    raise Refused(_NOT_YOURS if viewer.is_signed_in else _SIGN_IN)


def _check_moves(viewer: Viewer, intent: Intent, verb: str) -> None:
    _check_writes(viewer, intent)
    if intent.state not in TRANSITIONS[verb].starts:
        raise Refused(already_sentence(kind=intent.kind, state=intent.state))


def _check_not_withdrawn(intent: Intent) -> None:
    if intent.state == IntentState.WITHDRAWN:
        raise Refused(already_sentence(kind=intent.kind, state=intent.state))


def check_user_can_edit_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not change the intent."""
    _check_writes(viewer, intent)
    _check_not_withdrawn(intent)


def user_can_edit_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may change the intent."""
    return _allowed(lambda: check_user_can_edit_intent(viewer, intent))


def check_user_can_confirm_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not say that the intent still holds."""
    _check_writes(viewer, intent)
    _check_not_withdrawn(intent)


def user_can_confirm_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may confirm the intent."""
    return _allowed(lambda: check_user_can_confirm_intent(viewer, intent))


def check_user_can_withdraw_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not withdraw the intent."""
    _check_moves(viewer, intent, "withdraw")


def user_can_withdraw_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may withdraw the intent."""
    return _allowed(lambda: check_user_can_withdraw_intent(viewer, intent))


def check_user_can_reopen_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not open the intent again."""
    _check_moves(viewer, intent, "reopen")


def user_can_reopen_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may open the intent again."""
    return _allowed(lambda: check_user_can_reopen_intent(viewer, intent))


def check_user_can_cover_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not say that the intent found its answer."""
    _check_moves(viewer, intent, "cover")


def user_can_cover_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may mark the intent as answered."""
    return _allowed(lambda: check_user_can_cover_intent(viewer, intent))


def check_user_can_duplicate_intent(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not make a copy of the intent."""
    _check_writes(viewer, intent)


def user_can_duplicate_intent(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may make a copy of the intent."""
    return _allowed(lambda: check_user_can_duplicate_intent(viewer, intent))


def check_user_can_add_evidence(viewer: Viewer, intent: Intent) -> None:
    """Refuse who may not add a piece of evidence."""
    _check_writes(viewer, intent)


def user_can_add_evidence(viewer: Viewer, intent: Intent) -> bool:
    """Say whether the person may add a piece of evidence."""
    return _allowed(lambda: check_user_can_add_evidence(viewer, intent))


def check_user_can_support_intent(
    viewer: Viewer, intent: Intent, *, organisation_id: int | None = None
) -> None:
    """Refuse who may not say that a structure shares the need or backs the offer."""
    check_user_can_see_intent(viewer, intent)
    if not viewer.is_signed_in:
        raise Refused(_SIGN_IN)
    _check_not_withdrawn(intent)
    mine = spoken_for(viewer, intent.pole_id)
    if not viewer.runs(intent.pole_id):
        if not mine - {intent.author_id}:
            raise Refused("Seules les autres structures du pôle peuvent le soutenir.")
        if (
            organisation_id is not None and organisation_id not in mine
        ):  # said first: it tells nothing of the author
            raise Refused("Vous soutenez au nom des structures que vous représentez.")
    if organisation_id == intent.author_id:
        raise Refused("La structure qui l’a dit n’a pas besoin de le soutenir.")


def user_can_support_intent(viewer: Viewer, intent: Intent, *, organisation_id: int | None = None) -> bool:
    """Say whether the person may support the intent."""
    return _allowed(lambda: check_user_can_support_intent(viewer, intent, organisation_id=organisation_id))


def check_user_can_merge_intents(viewer: Viewer, pole_id: int) -> None:
    """Refuse who may not make one need of two: it touches what others said."""
    if not viewer.runs(pole_id):
        raise Refused("Seule l’animation du pôle réunit deux besoins ou deux offres.")


def user_can_merge_intents(viewer: Viewer, pole_id: int) -> bool:
    """Say whether the person may make one need of two."""
    return _allowed(lambda: check_user_can_merge_intents(viewer, pole_id))


_CHECKS: dict[str, Callable[[Viewer, Intent], None]] = {
    "edit": check_user_can_edit_intent,
    "confirm": check_user_can_confirm_intent,
    "withdraw": check_user_can_withdraw_intent,
    "reopen": check_user_can_reopen_intent,
    "cover": check_user_can_cover_intent,
    "duplicate": check_user_can_duplicate_intent,
    "evidence": check_user_can_add_evidence,
    "support": check_user_can_support_intent,
}


def refusals(viewer: Viewer, intent: Intent) -> dict[str, str]:
    """Return, for each verb, the reason why the person may not, or "" when they may."""
    return {verb: _reason(check, viewer, intent) for verb, check in _CHECKS.items()}


def _reason(check: Callable[[Viewer, Intent], None], viewer: Viewer, intent: Intent) -> str:
    try:
        check(viewer, intent)
    except Refused as refused:
        return refused.message
    return ""
