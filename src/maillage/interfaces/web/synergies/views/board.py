"""The board: a column a state, each card with who, what, the next step and what is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.synergies.policies import check_user_can_list_synergies, user_can_run_synergies
from maillage.domain.synergies.queries import board as columns_of
from maillage.domain.synergies.queries import latest_closed
from maillage.domain.synergies.states import TRANSITIONS
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.synergies.shown import NEXT_VERB, SIGNS, pending_undo


@require_safe
@in_pole
def board(request: PoleRequest) -> HttpResponse:
    """Show the synergies somebody sees, by state."""
    check_user_can_list_synergies(request.viewer, request.pole)
    columns = columns_of(viewer=request.viewer, pole=request.pole)
    context = {
        "columns": columns,
        "closed": latest_closed(viewer=request.viewer, pole=request.pole),
        "is_empty": not any(one.total for one in columns),
        "runs": user_can_run_synergies(request.viewer, request.pole),
        "signs": SIGNS,
        "next_verbs": {state: (verb, TRANSITIONS[verb].label) for state, verb in NEXT_VERB.items()},
        "undo": pending_undo(request.session, request.pole),
        "wide": True,
    }
    return render(request, "synergies/board.html", context)
