"""The history of an agreement, and what of the ledger rests on a need or an offer."""

from typing import Any

from maillage.domain.actors.changes import Phrase, State, Tracked
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.sight import Sight, sight_of
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.policies import check_user_can_change_agreement, check_user_can_see_agreement

_PROMISED = frozenset({"author_id", "resource_type_id", "quantity", "unit", "period", "title", "kind"})


def rests_on_intent(intent: Intent, columns: frozenset[str]) -> str:
    """Say that an agreement rests on what would be taken back of a need or an offer; "" when none does."""
    if not columns & _PROMISED:
        return ""
    agreed = Agreement.objects.exclude(state=AgreementState.CANCELLED)
    rests = agreed.filter(need=intent).exists() or agreed.filter(offer=intent).exists()
    return (
        "Un accord s’appuie dessus : changez-le à la main, après en avoir parlé aux parties." if rests else ""
    )


def _row(state: State) -> Agreement:
    return Agreement.objects.get(pk=getattr(state, "pgh_obj_id", state.pk))


def _check_reads(viewer: Viewer, pole: Pole, state: State) -> None:
    check_user_can_see_agreement(viewer, _row(state))


def _check_undoes(viewer: Viewer, pole: Pole, state: State) -> None:
    check_user_can_change_agreement(viewer, _row(state))


def _intent(viewer: Viewer, number: int | None) -> str:
    """Return the title of a need or an offer for who sees it whole; its type for others."""
    found = Intent.objects.select_related("resource_type").filter(pk=number).first() if number else None
    if found is None:
        return ""
    if sight_of(viewer, found) is Sight.WHOLE:
        return found.title
    return found.resource_type.label if found.resource_type else "sans type"


def _need(viewer: Viewer, state: Any) -> str:
    return _intent(viewer, state.need_id)


def _offer(viewer: Viewer, state: Any) -> str:
    return _intent(viewer, state.offer_id)


AGREEMENT = Tracked(
    kind="accord",
    model=Agreement,
    noun="l’accord",
    owned_by=lambda state: int(state.pole_id),
    check_reads=_check_reads,
    check_undoes=_check_undoes,
    named=lambda state: str(state.title),
    phrases=(Phrase("Besoin", ("need_id",), _need), Phrase("Offre", ("offer_id",), _offer)),
    silent=frozenset({"pole_id"}),
    moved_by_state=frozenset({"state"}),
)
TRACKED = (AGREEMENT,)
