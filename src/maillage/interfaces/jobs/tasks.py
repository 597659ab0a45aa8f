"""The long tasks that procrastinate's worker runs; each is a thin door to a room's operation."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from maillage.core.french import NBSP, plural
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.models import MatchingRun
from maillage.interfaces.jobs.import_tasks import apply_import, check_import
from maillage.interfaces.jobs.periodic import morning, send_letters, sweep_jobs
from maillage.interfaces.jobs.progress import Progress
from maillage.interfaces.jobs.work import ONE_AT_A_TIME, carry_out

STUDY_ADDRESSES = {
    RunMethod.ALLOCATE: "matching:share_out_run",
    RunMethod.BUNDLE: "matching:assemble_run",
    RunMethod.CHAIN: "matching:assemble_run",
    RunMethod.TOUR: "matching:round_run",
    RunMethod.NETWORK: "matching:network_run",
}

__all__ = ["apply_import", "check_import", "match_pole", "morning", "run_study", "send_letters", "sweep_jobs"]


@app.task(name="match_pole", queue="default", lock=ONE_AT_A_TIME)
def match_pole(*, task_id: int, run_id: int) -> None:
    """Carry out a matching run and follow it on the task."""
    from maillage.domain.matching.operations import carry_out_run  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    def work(progress: Progress) -> tuple[str, str]:
        run = MatchingRun.objects.select_related("pole").get(pk=run_id)
        carry_out_run(
            run=run,
            today=timezone.localdate(),
            clock=timezone.now,
            encoder=settings.ENCODER,
            vector_folder=settings.VECTOR_CACHE,
            progress=progress,
        )
        found = run.proposals.count()
        message = f"{found}{NBSP}{plural(found, 'piste trouvée', 'pistes trouvées')}."
        return message, reverse("matching:desk", args=[run.pole.slug])

    carry_out(task_id=task_id, work=work)


@app.task(name="run_study", queue="default", lock=ONE_AT_A_TIME)
def run_study(*, task_id: int, run_id: int) -> None:
    """Carry out a study of any method and follow it on the task."""
    from maillage.domain.matching.studies.running import carry_out_study  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    def work(progress: Progress) -> tuple[str, str]:
        run = MatchingRun.objects.select_related("pole").get(pk=run_id)
        carry_out_study(
            run=run,
            today=timezone.localdate(),
            clock=timezone.now,
            encoder=settings.ENCODER,
            vector_folder=settings.VECTOR_CACHE,
            progress=progress,
        )
        address = reverse(STUDY_ADDRESSES[RunMethod(run.method)], args=[run.pole.slug, run.pk])
        return str(run.result.get("headline", "Le calcul est fait.")), address

    carry_out(task_id=task_id, work=work)
