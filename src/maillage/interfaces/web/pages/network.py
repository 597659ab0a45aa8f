"""What a network reads across the poles: what each publishes, side by side."""

from dataclasses import dataclass
from datetime import date

from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import PoleOverview, pole_overview, public_poles
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.exchanges.queries import PoleFigures, pole_figures


@dataclass(frozen=True, slots=True)
class PoleLine:
    """A pole with its public figures; ``is_followed`` when the network has a role there."""

    pole: Pole
    overview: PoleOverview
    figures: PoleFigures
    is_followed: bool


def network_lines(*, viewer: Viewer, on: date) -> list[PoleLine]:
    """Return every pole with what anybody may know of it, those the network follows first."""
    anybody = Viewer(account=None, on=on)
    lines = [
        PoleLine(
            pole,
            pole_overview(pole=pole, on=on),
            pole_figures(viewer=anybody, pole=pole, on=on),
            Role.NETWORK in viewer.roles_in(pole.pk),
        )
        for pole in public_poles()
    ]
    return sorted(lines, key=lambda one: not one.is_followed)
