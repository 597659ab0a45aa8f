"""Who may do what in the ledger, in pairs: ``check_user_can_x`` raises the reason, ``user_can_x`` answers."""

from collections.abc import Callable

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import AgreementState, EventSource
from maillage.domain.ledger.models import Agreement, Commitment, EconomicEvent, StoredFile
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.operations.commitments import promise_stands
from maillage.domain.ledger.states import AGREEMENT_TRANSITIONS, COMMITMENT_TRANSITIONS

OPEN_TO_MEMBERS = frozenset({Visibility.PUBLIC.value, Visibility.MEMBERS.value})
_SIGN_IN = "Connectez-vous d’abord."
_PARTIES_ONLY = "Seules l’animation du pôle et les structures concernées peuvent le faire."


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def _refuse(viewer: Viewer, reason: str) -> Refused:
    return Refused(reason if viewer.is_signed_in else _SIGN_IN)


def _check_speaks(viewer: Viewer, pole_id: int, parties: set[int]) -> None:
    if not viewer.runs(pole_id) and not parties & spoken_for(viewer, pole_id):
        raise _refuse(viewer, _PARTIES_ONLY)


def _parties(agreement: Agreement) -> set[int]:
    return {party.organisation_id for party in agreement.parties.all()}


def check_user_can_run_ledger(viewer: Viewer, pole_id: int) -> None:
    """Refuse who may not write agreements, projects and resources of the pole."""
    if not viewer.runs(pole_id):
        raise _refuse(viewer, "Seule l’animation du pôle peut le faire.")


def user_can_run_ledger(viewer: Viewer, pole_id: int) -> bool:
    """Say whether the person may write agreements, projects and resources."""
    return _allowed(lambda: check_user_can_run_ledger(viewer, pole_id))


def is_for_the_board(agreement: Agreement) -> bool:
    """Whether the agreement is no draft any more, and comes from nothing said in confidence."""
    sources = (agreement.need, agreement.offer)
    return agreement.state != AgreementState.DRAFT and all(
        one is None or one.visibility in OPEN_TO_MEMBERS for one in sources
    )


def check_user_can_see_agreement(viewer: Viewer, agreement: Agreement) -> None:
    """Refuse who is neither of the team nor of a party; the board reads what stands and hides nobody."""
    if viewer.runs(agreement.pole_id):
        return
    if not (viewer.oversees(agreement.pole_id) and is_for_the_board(agreement)):
        _check_speaks(viewer, agreement.pole_id, _parties(agreement))


def user_can_see_agreement(viewer: Viewer, agreement: Agreement) -> bool:
    """Say whether the person may read the agreement."""
    return _allowed(lambda: check_user_can_see_agreement(viewer, agreement))


def check_user_can_change_agreement(viewer: Viewer, agreement: Agreement) -> None:
    """Refuse who may not change the terms and the parties of a draft."""
    check_user_can_run_ledger(viewer, agreement.pole_id)
    if agreement.state != AgreementState.DRAFT:
        raise Refused(stands_sentence(agreement.state))


def user_can_change_agreement(viewer: Viewer, agreement: Agreement) -> bool:
    """Say whether the person may change the draft."""
    return _allowed(lambda: check_user_can_change_agreement(viewer, agreement))


def check_user_can_move_agreement(viewer: Viewer, agreement: Agreement, *, verb: str) -> None:
    """Refuse who may not start, end or cancel the agreement."""
    check_user_can_run_ledger(viewer, agreement.pole_id)
    if agreement.state not in AGREEMENT_TRANSITIONS[verb].starts:
        raise Refused(stands_sentence(agreement.state))


def user_can_move_agreement(viewer: Viewer, agreement: Agreement, *, verb: str) -> bool:
    """Say whether the person may move the agreement."""
    return _allowed(lambda: check_user_can_move_agreement(viewer, agreement, verb=verb))


def check_user_can_consent(viewer: Viewer, agreement: Agreement, *, organisation_id: int) -> None:
    """Refuse who may not say yes for a party: its representatives do, or the team that heard it."""
    if agreement.state not in AGREEMENT_TRANSITIONS["activate"].starts:
        raise Refused(stands_sentence(agreement.state))
    if organisation_id not in _parties(agreement):
        raise Refused("Cette structure n’est pas dans l’accord.")
    _check_speaks(viewer, agreement.pole_id, {organisation_id})


def user_can_consent(viewer: Viewer, agreement: Agreement, *, organisation_id: int) -> bool:
    """Say whether the person may say yes for a party."""
    return _allowed(lambda: check_user_can_consent(viewer, agreement, organisation_id=organisation_id))


def check_user_can_commit(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> None:
    """Refuse who may not promise in the name of one of the parties."""
    _check_speaks(viewer, pole_id, party_ids)


def user_can_commit(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> bool:
    """Say whether the person may promise."""
    return _allowed(lambda: check_user_can_commit(viewer, pole_id, party_ids=party_ids))


def check_user_can_move_commitment(viewer: Viewer, commitment: Commitment, *, verb: str) -> None:
    """Refuse who may not mark a promise as done, or cancel it."""
    _check_speaks(viewer, commitment.pole_id, {commitment.provider_id, commitment.receiver_id})
    if commitment.state not in COMMITMENT_TRANSITIONS[verb].starts:
        raise Refused(promise_stands(commitment.state))


def user_can_move_commitment(viewer: Viewer, commitment: Commitment, *, verb: str) -> bool:
    """Say whether the person may move a promise."""
    return _allowed(lambda: check_user_can_move_commitment(viewer, commitment, verb=verb))


def check_user_can_record_event(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> None:
    """Refuse who is neither of the team nor of a party of the fact."""
    _check_speaks(viewer, pole_id, party_ids)


def user_can_record_event(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> bool:
    """Say whether the person may record a fact."""
    return _allowed(lambda: check_user_can_record_event(viewer, pole_id, party_ids=party_ids))


def check_user_can_correct_event(viewer: Viewer, event: EconomicEvent) -> None:
    """Refuse who may not correct a fact, and a fact that was corrected already."""
    _check_speaks(viewer, event.pole_id, {event.provider_id, event.receiver_id})
    if EconomicEvent.objects.filter(corrects=event).exists():
        raise Refused("Ce fait a déjà été corrigé. Corrigez sa dernière version.")
    if event.quantity == 0:
        raise Refused("Ce fait est annulé. Notez-en un nouveau.")


def user_can_correct_event(viewer: Viewer, event: EconomicEvent) -> bool:
    """Say whether the person may correct a fact."""
    return _allowed(lambda: check_user_can_correct_event(viewer, event))


def check_user_can_check_event(viewer: Viewer, event: EconomicEvent) -> None:
    """The team checks what came without an account."""
    check_user_can_run_ledger(viewer, event.pole_id)
    if event.source != EventSource.LABEL:
        raise Refused("Seuls les faits venus d’une étiquette se vérifient.")


def user_can_check_event(viewer: Viewer, event: EconomicEvent) -> bool:
    """Say whether the person may say that a fact was checked."""
    return _allowed(lambda: check_user_can_check_event(viewer, event))


def check_user_can_make_label(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> None:
    """A label is made by the team, or by a party of what it records."""
    _check_speaks(viewer, pole_id, party_ids)


def user_can_make_label(viewer: Viewer, pole_id: int, *, party_ids: set[int]) -> bool:
    """Say whether the person may make or revoke a label."""
    return _allowed(lambda: check_user_can_make_label(viewer, pole_id, party_ids=party_ids))


def check_user_can_hold_token(viewer: Viewer, pole_id: int, *, organisation_id: int) -> None:
    """The keys of the API of a structure are its representatives', and the team's."""
    _check_speaks(viewer, pole_id, {organisation_id})


def user_can_hold_token(viewer: Viewer, pole_id: int, *, organisation_id: int) -> bool:
    """Say whether the person may make or revoke a key of a structure."""
    return _allowed(lambda: check_user_can_hold_token(viewer, pole_id, organisation_id=organisation_id))


def check_user_can_see_ledger(viewer: Viewer, pole_id: int) -> None:
    """Promises and facts are for the team and for those who speak for a structure."""
    if not viewer.runs(pole_id) and not spoken_for(viewer, pole_id):
        raise _refuse(viewer, "Les engagements sont pour l’animation du pôle et les structures concernées.")


def user_can_see_ledger(viewer: Viewer, pole_id: int) -> bool:
    """Say whether the person may read the lists of promises and facts."""
    return _allowed(lambda: check_user_can_see_ledger(viewer, pole_id))


def event_refusals(viewer: Viewer, event: EconomicEvent) -> dict[str, str]:
    """Return, for the last version of a fact, why the person may not correct or check it, or ""."""

    def speaks() -> None:
        _check_speaks(viewer, event.pole_id, {event.provider_id, event.receiver_id})
        if event.quantity == 0:
            raise Refused("Ce fait est annulé. Notez-en un nouveau.")

    return {"correct": _reason(speaks), "check": _reason(lambda: check_user_can_check_event(viewer, event))}


def check_user_can_read_file(viewer: Viewer, stored: StoredFile) -> None:
    """A file is read by the team, by who sent it, and by the parties of the fact it proves."""
    if viewer.account is not None and stored.kept_by_id == viewer.account.pk:
        return
    parties = EconomicEvent.objects.filter(files__file=stored).values_list("provider_id", "receiver_id")
    _check_speaks(viewer, stored.pole_id, {party for pair in parties for party in pair})


def user_can_read_file(viewer: Viewer, stored: StoredFile) -> bool:
    """Say whether the person may read the file."""
    return _allowed(lambda: check_user_can_read_file(viewer, stored))


def check_user_can_see_totals(viewer: Viewer, pole_id: int) -> None:
    """Refuse who is neither of the pole nor of its network: totals name nobody."""
    if not viewer.belongs(pole_id) and Role.NETWORK not in viewer.roles_in(pole_id):
        raise _refuse(viewer, "Ces chiffres sont pour les membres du pôle et leur réseau.")


def user_can_see_totals(viewer: Viewer, pole_id: int) -> bool:
    """Say whether the person may read the totals of the pole."""
    return _allowed(lambda: check_user_can_see_totals(viewer, pole_id))


def agreement_refusals(viewer: Viewer, agreement: Agreement) -> dict[str, str]:
    """Return, for each verb, why the person may not, or "" when they may: change, activate, end, cancel."""
    told = {"change": _reason(lambda: check_user_can_change_agreement(viewer, agreement))}
    for verb in AGREEMENT_TRANSITIONS:
        told[verb] = _move_reason(viewer, agreement, verb)
    return told


def commitment_refusals(viewer: Viewer, commitment: Commitment) -> dict[str, str]:
    """Return, for fulfil and cancel, why the person may not, or "" when they may."""
    return {verb: _promise_reason(viewer, commitment, verb) for verb in ("fulfil", "cancel")}


def _move_reason(viewer: Viewer, agreement: Agreement, verb: str) -> str:
    return _reason(lambda: check_user_can_move_agreement(viewer, agreement, verb=verb))


def _promise_reason(viewer: Viewer, commitment: Commitment, verb: str) -> str:
    return _reason(lambda: check_user_can_move_commitment(viewer, commitment, verb=verb))


def _reason(check: Callable[[], None]) -> str:
    try:
        check()
    except Refused as refused:
        return refused.message
    return ""
