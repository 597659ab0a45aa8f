"""An intent as a line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.queries import IntentView
from maillage.interfaces.web.addresses import address

_SIGNS = {IntentState.OPEN: "said", IntentState.COVERED: "done", IntentState.WITHDRAWN: "aside"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a line shows."""

    view: IntentView
    url: str
    meta: str
    state: str
    state_label: str


def state_sign(state: str) -> str:
    """Return the sign of a state in the visual language."""
    return _SIGNS[IntentState(state)]


def rows_of(*, pole: Pole, views: Iterable[IntentView]) -> list[Row]:
    """Return the lines of views."""
    return [
        Row(
            view=view,
            url=address("exchanges:detail", pole.slug, view.pk),
            meta=", ".join(
                part for part in (view.who, view.area, view.quantity_text, view.freshness_text) if part
            ),
            state=state_sign(view.state),
            state_label=view.state_text[:1].upper() + view.state_text[1:],
        )
        for view in views
    ]
