"""Who may do what with organisations, memberships, mandates and the pole itself; always in pairs."""

from collections.abc import Callable
from typing import Any

from maillage.core.errors import Refused
from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.queries.scope import is_in_directory
from maillage.domain.actors.viewer import Role, Viewer

SPEAKING_ROLES = frozenset(
    {MandateRole.REPRESENTATIVE.value, MandateRole.SUBSTITUTE.value, MandateRole.AUTHORITY_AGENT.value}
)


def _passes(check: Callable[..., None], *arguments: Any) -> bool:
    try:
        check(*arguments)
    except Refused:
        return False
    return True


def _must_run(viewer: Viewer, pole: Pole, reason: str) -> None:
    if not viewer.runs(pole.pk):
        raise Refused(reason)


def _must_administer(viewer: Viewer, pole: Pole, reason: str) -> None:
    if Role.ADMINISTRATOR not in viewer.roles_in(pole.pk):
        raise Refused(reason)


def check_user_can_see_people(viewer: Viewer, pole: Pole) -> None:
    """Names and contacts are for those of the pole."""
    if not viewer.belongs(pole.pk):
        raise Refused("Les personnes et leurs coordonnées sont réservées aux membres du pôle.")


def user_can_see_people(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_see_people`` lets pass."""
    return _passes(check_user_can_see_people, viewer, pole)


def check_user_can_create_organisation(viewer: Viewer, pole: Pole) -> None:
    """The facilitators keep the directory."""
    _must_run(viewer, pole, "Seule l’animation du pôle ajoute une structure à l’annuaire.")


def user_can_create_organisation(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_create_organisation`` lets pass."""
    return _passes(check_user_can_create_organisation, viewer, pole)


def check_user_can_speak_for(viewer: Viewer, pole: Pole, organisation: Organisation) -> None:
    """One speaks for the organisations one has a mandate for; the facilitators note for everybody they know."""
    if organisation.merged_into_id is not None:
        raise Refused("Cette fiche a été réunie à une autre.")
    if organisation.pk in viewer.organisations_in(pole.pk):
        return
    _must_run(viewer, pole, f"Vous ne représentez pas « {organisation.name} » dans ce pôle.")
    if not is_in_directory(pole, organisation.pk):
        raise Refused("Cette structure n’est pas dans l’annuaire de ce pôle.")


def user_can_speak_for(viewer: Viewer, pole: Pole, organisation: Organisation) -> bool:
    """Say whether ``check_user_can_speak_for`` lets pass."""
    return _passes(check_user_can_speak_for, viewer, pole, organisation)


def check_user_can_edit_organisation(viewer: Viewer, pole: Pole, organisation: Organisation) -> None:
    """A sheet is kept by its representatives and by the facilitators of the poles that know it."""
    check_user_can_speak_for(viewer, pole, organisation)


def user_can_edit_organisation(viewer: Viewer, pole: Pole, organisation: Organisation) -> bool:
    """Say whether ``check_user_can_edit_organisation`` lets pass."""
    return _passes(check_user_can_edit_organisation, viewer, pole, organisation)


def check_user_can_merge_organisations(viewer: Viewer, pole: Pole) -> None:
    """Reuniting sheets touches what others wrote: the facilitators decide."""
    _must_run(viewer, pole, "Seule l’animation du pôle réunit deux fiches.")


def user_can_merge_organisations(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_merge_organisations`` lets pass."""
    return _passes(check_user_can_merge_organisations, viewer, pole)


def check_user_can_manage_memberships(viewer: Viewer, pole: Pole) -> None:
    """Members and partners are noted by the facilitators."""
    _must_run(viewer, pole, "Seule l’animation du pôle note les adhésions et les partenaires.")


def user_can_manage_memberships(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_manage_memberships`` lets pass."""
    return _passes(check_user_can_manage_memberships, viewer, pole)


def check_user_can_manage_mandates(viewer: Viewer, pole: Pole) -> None:
    """Roles and invitations are the administrators'."""
    _must_administer(viewer, pole, "Seule l’administration du pôle donne un rôle ou invite une personne.")


def user_can_manage_mandates(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_manage_mandates`` lets pass."""
    return _passes(check_user_can_manage_mandates, viewer, pole)


def check_user_can_answer_access_request(viewer: Viewer, pole: Pole) -> None:
    """Requests for an access are read and answered by those who run the pole."""
    _must_run(viewer, pole, "Seules l’animation et l’administration du pôle répondent aux demandes d’accès.")


def user_can_answer_access_request(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_answer_access_request`` lets pass."""
    return _passes(check_user_can_answer_access_request, viewer, pole)


def check_user_can_give_role(viewer: Viewer, pole: Pole, role: str) -> None:
    """The facilitators welcome those who speak for a structure; other roles are the administrators'."""
    check_user_can_answer_access_request(viewer, pole)
    if role not in SPEAKING_ROLES:
        _must_administer(viewer, pole, "Seule l’administration du pôle donne ce rôle.")


def user_can_give_role(viewer: Viewer, pole: Pole, role: str) -> bool:
    """Say whether ``check_user_can_give_role`` lets pass."""
    return _passes(check_user_can_give_role, viewer, pole, role)


def check_user_can_read_across_poles(viewer: Viewer) -> None:
    """The figures that poles publish are read side by side by the networks."""
    if not viewer.reads_across():
        raise Refused("Cette page réunit les pôles pour les réseaux : CRESS, État, RTES.")


def user_can_read_across_poles(viewer: Viewer) -> bool:
    """Say whether ``check_user_can_read_across_poles`` lets pass."""
    return _passes(check_user_can_read_across_poles, viewer)


def check_user_can_change_pole(viewer: Viewer, pole: Pole) -> None:
    """Name, sponsor, status, colleges and territory are the administrators'."""
    _must_administer(viewer, pole, "Seule l’administration du pôle change ses réglages.")


def user_can_change_pole(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_change_pole`` lets pass."""
    return _passes(check_user_can_change_pole, viewer, pole)


def check_user_can_see_composition(viewer: Viewer, pole: Pole) -> None:
    """The « article 9 » check is a working paper of the pole; the regional network reads it too."""
    if not viewer.belongs(pole.pk) and Role.NETWORK not in viewer.roles_in(pole.pk):
        raise Refused("La composition détaillée est réservée aux membres du pôle et au réseau.")


def user_can_see_composition(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_see_composition`` lets pass."""
    return _passes(check_user_can_see_composition, viewer, pole)
