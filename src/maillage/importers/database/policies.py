"""Who may import into a pole."""

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer


def check_user_can_import(viewer: Viewer, pole: Pole) -> None:
    """Refuse who does not run the pole: a file creates and changes what belongs to others."""
    if not viewer.runs(pole.pk):
        raise Refused(
            "Seule l’animation du pôle importe un tableau. Envoyez-lui le vôtre : elle le fera entrer."
        )


def user_can_import(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_import`` lets pass."""
    try:
        check_user_can_import(viewer, pole)
    except Refused:
        return False
    return True
