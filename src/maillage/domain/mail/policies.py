"""Who may read the letters of a pole; in pairs."""

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer


def check_user_can_see_letters(viewer: Viewer, pole: Pole) -> None:
    """Letters name people: they are for those who run the pole."""
    if not viewer.runs(pole.pk):
        raise Refused("Le courrier du pôle est réservé à son animation.")


def user_can_see_letters(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_see_letters`` lets pass."""
    try:
        check_user_can_see_letters(viewer, pole)
    except Refused:
        return False
    return True
