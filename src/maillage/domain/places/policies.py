"""Who may draw territories and import borders."""

from typing import Protocol

from maillage.core.errors import Refused


class RunsPoles(Protocol):
    """What this room needs to know of a viewer (``maillage.domain.actors.viewer.Viewer``)."""

    def runs(self, pole_id: int) -> bool:
        """Whether the person facilitates or administers the pole."""
        ...


def check_user_can_change_territory(viewer: RunsPoles, *, pole_id: int) -> None:
    """Refuse to whoever does not run the pole of the territory."""
    if not viewer.runs(pole_id):
        raise Refused("Seule l’animation du pôle change son territoire.")


def user_can_change_territory(viewer: RunsPoles, *, pole_id: int) -> bool:
    """Say whether ``check_user_can_change_territory`` lets pass."""
    try:
        check_user_can_change_territory(viewer, pole_id=pole_id)
    except Refused:
        return False
    return True


def check_user_can_import_outlines(viewer: RunsPoles, *, pole_id: int) -> None:
    """Refuse to whoever does not run the pole that shows the map."""
    if not viewer.runs(pole_id):
        raise Refused("Seule l’animation du pôle importe les contours des communes.")


def user_can_import_outlines(viewer: RunsPoles, *, pole_id: int) -> bool:
    """Say whether ``check_user_can_import_outlines`` lets pass."""
    try:
        check_user_can_import_outlines(viewer, pole_id=pole_id)
    except Refused:
        return False
    return True
