"""Who may listen in the name of the pole, in pairs: ``check_user_can_x`` raises the reason, ``user_can_x`` answers.

Notes, answers, e-mails and drafts are the facilitators' only. Phones and public answers carry no account: a signed
address lets them in, never this module.
"""

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer


def check_user_can_gather(viewer: Viewer, pole: Pole) -> None:
    """Refuse who does not run the pole."""
    if not viewer.runs(pole.pk):
        raise Refused("Seule l’animation du pôle prépare l’écoute et lit ce qui s’y dit.")


def user_can_gather(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_gather`` lets pass."""
    try:
        check_user_can_gather(viewer, pole)
    except Refused:
        return False
    return True
