"""Runs of the engine, what they propose, what people decided: read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from maillage.domain.matching.models import Decision, LearnedWeights, MatchingRun, Proposal
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


@admin.register(MatchingRun)
class MatchingRunTable(ReadOnlyTable):
    """Runs."""

    list_display = ("pole", "status", "asked_at", "needs", "offers", "duration_ms", "engine_version")
    list_filter = ("status", "pole")
    list_select_related = ("pole",)
    search_fields = ("pole__name", "input_digest")
    exclude = ("problem",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchingRun]:
        """Leave the compressed problem where it is."""
        rows: QuerySet[MatchingRun] = super().get_queryset(request)
        return rows.defer("problem")


@admin.register(Proposal)
class ProposalTable(ReadOnlyTable):
    """Proposals."""

    list_display = ("need", "offer", "verdict", "score", "rank_for_need", "rank_for_offer", "run")
    list_filter = ("verdict",)
    list_select_related = ("need", "offer", "run__pole")
    search_fields = ("need__folded", "offer__folded")


@admin.register(Decision)
class DecisionTable(ReadOnlyTable):
    """Decisions."""

    list_display = ("need", "offer", "kind", "reason", "at", "by")
    list_filter = ("kind", "reason", "pole")
    list_select_related = ("need", "offer", "by")
    search_fields = ("need__folded", "offer__folded", "words")


@admin.register(LearnedWeights)
class LearnedWeightsTable(ReadOnlyTable):
    """What decisions taught of the weights."""

    list_display = ("pole", "at", "outcome", "decisions")
    list_filter = ("outcome", "pole")
    list_select_related = ("pole",)
    search_fields = ("pole__name",)
