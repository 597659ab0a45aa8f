"""Who may match: pairs that raise the reason, or say yes or no."""

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent


def check_user_can_match(*, viewer: Viewer, pole: Pole) -> None:
    """The desk of a pole belongs to those who run it."""
    if not viewer.runs(pole.pk):
        raise Refused("Les rapprochements sont réservés à l’équipe d’animation du pôle.")


def user_can_match(*, viewer: Viewer, pole: Pole) -> bool:
    """Whether the desk is open to this person."""
    return viewer.runs(pole.pk)


def check_user_can_see_matches_of(*, viewer: Viewer, intent: Intent) -> None:
    """The leads of an intent are seen by those who run the pole and by its author."""
    if viewer.runs(intent.pole_id) or intent.author_id in viewer.organisations_in(intent.pole_id):
        return
    raise Refused("Les pistes d’un besoin ou d’une offre se lisent par sa structure et par l’animation.")


def user_can_see_matches_of(*, viewer: Viewer, intent: Intent) -> bool:
    """Whether the leads of this intent are open to this person."""
    try:
        check_user_can_see_matches_of(viewer=viewer, intent=intent)
    except Refused:
        return False
    return True


def check_user_can_decide(*, viewer: Viewer, pole: Pole) -> None:
    """Keeping a lead or setting it aside belongs to those who run the pole."""
    if not viewer.runs(pole.pk):
        raise Refused("Garder une piste ou la mettre de côté revient à l’équipe d’animation.")


def user_can_decide(*, viewer: Viewer, pole: Pole) -> bool:
    """Whether this person may decide of leads."""
    return viewer.runs(pole.pk)
