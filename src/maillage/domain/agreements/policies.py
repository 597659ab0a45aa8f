"""Who may do what with the text of an agreement, in pairs; seeing and changing it are the ledger's rules."""

from collections.abc import Callable

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Viewer
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.policies import check_user_can_run_ledger, check_user_can_see_agreement

_SIGN_IN = "Connectez-vous d’abord."


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def check_user_can_list_agreements(viewer: Viewer, pole_id: int) -> None:
    """Agreements are for those of the pole; each sees its own, the team and the board see more."""
    if not viewer.belongs(pole_id):
        reason = "Les accords sont réservés aux membres du pôle et à leurs partenaires."
        raise Refused(reason if viewer.is_signed_in else _SIGN_IN)


def user_can_list_agreements(viewer: Viewer, pole_id: int) -> bool:
    """Say whether ``check_user_can_list_agreements`` lets pass."""
    return _allowed(lambda: check_user_can_list_agreements(viewer, pole_id))


def check_user_can_open_agreement(viewer: Viewer, pole_id: int) -> None:
    """The facilitators write the agreements of the pole."""
    check_user_can_run_ledger(viewer, pole_id)


def user_can_open_agreement(viewer: Viewer, pole_id: int) -> bool:
    """Say whether ``check_user_can_open_agreement`` lets pass."""
    return _allowed(lambda: check_user_can_open_agreement(viewer, pole_id))


def check_user_can_read_text(viewer: Viewer, agreement: Agreement, *, has_unnamed: bool) -> None:
    """The text names everybody: it waits until nobody is unnamed for this reader."""
    check_user_can_see_agreement(viewer, agreement)
    if has_unnamed:
        raise Refused(
            "Le texte nomme toutes les parties. Il se lira quand chacune aura bien voulu dire son nom."
        )


def user_can_read_text(viewer: Viewer, agreement: Agreement, *, has_unnamed: bool) -> bool:
    """Say whether ``check_user_can_read_text`` lets pass."""
    return _allowed(lambda: check_user_can_read_text(viewer, agreement, has_unnamed=has_unnamed))


def check_user_can_sign(viewer: Viewer, agreement: Agreement, *, may: bool) -> None:
    """Only who speaks for a party that has not signed says yes for it; the team files what was signed on paper."""
    check_user_can_see_agreement(viewer, agreement)
    if not may:
        raise Refused("Vous ne représentez aucune partie dont la signature est attendue.")


def user_can_sign(viewer: Viewer, agreement: Agreement, *, may: bool) -> bool:
    """Say whether ``check_user_can_sign`` lets pass."""
    return _allowed(lambda: check_user_can_sign(viewer, agreement, may=may))


def check_user_can_amend(viewer: Viewer, agreement: Agreement) -> None:
    """The facilitators write the amendments of a running agreement."""
    check_user_can_run_ledger(viewer, agreement.pole_id)
    if agreement.state != AgreementState.ACTIVE:
        raise Refused(stands_sentence(agreement.state))


def user_can_amend(viewer: Viewer, agreement: Agreement) -> bool:
    """Say whether ``check_user_can_amend`` lets pass."""
    return _allowed(lambda: check_user_can_amend(viewer, agreement))


def check_user_can_note_refusal(viewer: Viewer, agreement: Agreement) -> None:
    """The facilitators note what a party told them, and take it back if it was a mistake."""
    check_user_can_run_ledger(viewer, agreement.pole_id)


def user_can_note_refusal(viewer: Viewer, agreement: Agreement) -> bool:
    """Say whether ``check_user_can_note_refusal`` lets pass."""
    return _allowed(lambda: check_user_can_note_refusal(viewer, agreement))
