"""The catalogue is read by everybody and written by nobody on the site: its files are the only source."""

from maillage.core.errors import Refused


def check_user_can_change_catalogue(viewer: object) -> None:
    """Refuse to everybody, whoever ``viewer`` is: a change made here would be lost at the next load."""
    raise Refused(
        "Le catalogue se modifie dans ses fichiers, puis se recharge. Proposez-nous le mot ou le type qui manque."
    )


def user_can_change_catalogue(viewer: object) -> bool:
    """Say whether ``check_user_can_change_catalogue`` lets pass."""
    try:
        check_user_can_change_catalogue(viewer)
    except Refused:
        return False
    return True
