"""Whose day one may see; in pairs."""

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for


def check_user_can_see_cockpit(viewer: Viewer, pole: Pole) -> None:
    """The facilitators' day names everybody who waits."""
    if not viewer.runs(pole.pk):
        raise Refused("Cette page est celle de l’animation du pôle.")


def user_can_see_cockpit(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_see_cockpit`` lets pass."""
    return viewer.runs(pole.pk)


def check_user_can_see_member_day(viewer: Viewer, pole: Pole) -> None:
    """A member's day is about the structures one speaks for."""
    if not spoken_for(viewer, pole.pk):
        raise Refused(
            "Cette page montre les structures que vous représentez. Demandez au pôle de vous rattacher à la vôtre."
        )


def user_can_see_member_day(viewer: Viewer, pole: Pole) -> bool:
    """Say whether ``check_user_can_see_member_day`` lets pass."""
    return bool(spoken_for(viewer, pole.pk))
