"""What every study does on the web: launch a run and follow it, find one, list the earlier ones, take it away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies import queries
from maillage.domain.matching.studies.running import ask_study
from maillage.interfaces.jobs.models import LongTask
from maillage.interfaces.jobs.operations import open_task, open_task_titled
from maillage.interfaces.jobs.tasks import run_study
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now

EARLIER = 10
TITLES: dict[RunMethod, str] = {
    RunMethod.ALLOCATE: "Répartir ce qui est rare",
    RunMethod.BUNDLE: "Répondre à plusieurs",
    RunMethod.CHAIN: "Assembler une filière",
    RunMethod.TOUR: "Préparer les tournées",
    RunMethod.NETWORK: "Lire le réseau du pôle",
}


def launch_study(request: PoleRequest, *, method: RunMethod, parameters: Mapping[str, Any]) -> HttpResponse:
    """Ask for a study and follow it."""
    account = account_of(request)
    with transaction.atomic():
        run = ask_study(pole=request.pole, method=method, parameters=parameters, asked_by=account, at=now())
        task = open_task(pole=request.pole, owner=account, title=TITLES[method], at=now())
        transaction.on_commit(lambda: run_study.defer(task_id=task.pk, run_id=run.pk))
    return redirect("jobs:detail", request.pole.slug, task.pk)


def chosen_study(
    request: PoleRequest, *, pk: int | None, methods: tuple[RunMethod, ...]
) -> MatchingRun | None:
    """Return the run of the address, or the last one of these methods; raise ``Http404`` when it is not one."""
    if pk is None:
        latest = queries.studies(pole=request.pole, methods=methods).first()
        return queries.study(pole=request.pole, pk=latest.pk) if latest else None
    run = queries.study(pole=request.pole, pk=pk)
    if run is None or run.method not in methods:
        raise Http404("Ce calcul n’existe pas, ou n’est pas fini.")
    return run


def earlier(request: PoleRequest, *, methods: tuple[RunMethod, ...]) -> list[MatchingRun]:
    """The runs of these methods that one may read again or compare, newest first."""
    return list(queries.studies(pole=request.pole, methods=methods)[:EARLIER])


def open_study(request: PoleRequest, *, methods: tuple[RunMethod, ...]) -> LongTask | None:
    """The study of these methods that waits or works, if any."""
    found = (open_task_titled(pole=request.pole, title=TITLES[method]) for method in methods)
    return next((task for task in found if task is not None), None)


@require_safe
@in_pole
def record(request: PoleRequest, pk: int) -> HttpResponse:
    """Give the record of a study's problem: anybody replays it with the engine alone."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    content = queries.problem_record(pole=request.pole, pk=pk)
    if content is None:
        raise Http404("Ce calcul n’existe pas, ou n’est pas fini.")
    answer = HttpResponse(content, content_type="application/gzip")
    answer["Content-Disposition"] = f'attachment; filename="calcul-{pk}.json.gz"'
    return answer
