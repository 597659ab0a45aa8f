"""What the pages of the studies read: the runs of a method, one run with its result."""

from django.db.models import QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.matching.enums import RunMethod, RunStatus
from maillage.domain.matching.models import MatchingRun


def studies(*, pole: Pole, methods: tuple[RunMethod, ...]) -> QuerySet[MatchingRun]:
    """The finished studies of some methods, newest first, without what is heavy."""
    rows = MatchingRun.objects.filter(pole=pole, method__in=methods, status=RunStatus.DONE)
    return rows.defer("problem", "certificate", "result").select_related("asked_by__person")


def study(*, pole: Pole, pk: int) -> MatchingRun | None:
    """One finished study of a pole with its result, without its problem."""
    rows = MatchingRun.objects.filter(pole=pole, pk=pk, status=RunStatus.DONE)
    return rows.exclude(method=RunMethod.SEARCH).defer("problem").first()


def last_study(*, pole: Pole, method: RunMethod) -> MatchingRun | None:
    """The last finished study of one method with its result."""
    rows = MatchingRun.objects.filter(pole=pole, method=method, status=RunStatus.DONE)
    return rows.defer("problem").first()


def problem_record(*, pole: Pole, pk: int) -> bytes | None:
    """The record from which a finished study is replayed without the database."""
    rows = MatchingRun.objects.filter(pole=pole, pk=pk, status=RunStatus.DONE)
    content = rows.values_list("problem", flat=True).first()
    return bytes(content) if content else None
