"""The history of a need or an offer: for those who run the pole, and for the structure that says it."""

from typing import Any

from maillage.core.errors import Refused
from maillage.domain.actors.changes import Phrase, State, Tracked
from maillage.domain.actors.changes.wording import short
from maillage.domain.actors.history import POINT
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges import describe
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.policies import check_user_can_edit_intent
from maillage.domain.exchanges.promised import promise_mistake
from maillage.domain.exchanges.sight import Sight, sight_of, spoken_for

_FOR_ITS_AUTHOR = "L’histoire d’un besoin ou d’une offre est pour sa structure et pour l’animation du pôle."


def _reads_state(viewer: Viewer, pole: Pole, state: State) -> bool:
    """Who said it before is not told to who says it now: a structure reads the states that were its own."""
    return viewer.runs(pole.pk) or state.author_id in spoken_for(viewer, pole.pk)


def _check_reads(viewer: Viewer, pole: Pole, state: State) -> None:
    if not _reads_state(viewer, pole, state):
        raise Refused(_FOR_ITS_AUTHOR)


def _check_undoes(viewer: Viewer, pole: Pole, state: State) -> None:
    row = Intent.objects.filter(pk=getattr(state, "pgh_obj_id", state.pk), pole=pole).first()
    if row is None:
        raise Refused("Cette ligne n’existe plus.")
    check_user_can_edit_intent(viewer, row)


def _quantity(_: Viewer, state: Any) -> str:
    return describe.quantity_sentence(
        quantity=state.quantity, unit=state.unit, period=state.period, minimum=state.minimum
    )


def _calendar(_: Viewer, state: Any) -> str:
    return describe.calendar_sentence(
        start=state.available_from,
        end=state.available_until,
        weekly=state.weekly,
        seasonality=state.seasonality,
    )


def _price(_: Viewer, state: Any) -> str:
    return describe.price_sentence(price_kind=state.price_kind, price=state.price)


INTENT = Tracked(
    kind="besoin-ou-offre",
    model=Intent,
    noun="la ligne",
    owned_by=lambda state: int(state.pole_id),
    check_reads=_check_reads,
    check_undoes=_check_undoes,
    named=lambda state: str(state.title),
    phrases=(
        Phrase("Quantité", ("quantity", "minimum", "unit", "period"), _quantity),
        Phrase("Quand", ("available_from", "available_until", "weekly", "seasonality"), _calendar),
        Phrase("En échange", ("price_kind", "price"), _price),
        Phrase("Distance", ("reach_km",), lambda _, state: describe.reach_sentence(state.reach_km)),
        Phrase("Avec les mots de la personne", ("words",), lambda _, state: short(state.words)),
        POINT,
    ),
    silent=frozenset({"pole_id", "created_by_id", "source", "source_id"}),
    moved_by_state=frozenset({"state", "confirmed_on", "said_on", "created_by_id", "source", "source_id"}),
    knows_of_it=lambda viewer, pole, row: sight_of(viewer, row) is not Sight.NOTHING,
    reads_state=_reads_state,
    refused_as=promise_mistake,
)
TRACKED = (INTENT,)
