"""What the pages of the desk read. The queue is the team's; leads are shown as their reader may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q, QuerySet

from maillage.core.french import fold
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView, views_of
from maillage.domain.matching import bridge
from maillage.domain.matching.catalogue_table import authorisation_labels, in_words
from maillage.domain.matching.enums import DecisionKind, RunMethod, RunStatus, SetAsideReason
from maillage.domain.matching.facts import REASONS_SHOWN, UNKNOWN_QUANTITY, per_cent, sorted_reasons
from maillage.domain.matching.models import Decision, MatchingRun, Proposal
from maillage.domain.matching.problem_rows import PairFound, PairRefused


@dataclass(frozen=True, slots=True)
class Lead:
    """A proposal as a card shows it to somebody: the other side as they may see it, the facts, the reasons.

    Of a masked intent only the nature shows: a distance or a share would tell where and how much.
    """

    proposal: Proposal
    view: IntentView
    decision: Decision | None

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """The four facts (name, level, text), or the nature alone."""
        four = [(one["name"], one["level"], one["text"]) for one in self.proposal.facts.get("four", [])]
        return four[:1] if self.view.is_masked else four

    @property
    def covered(self) -> int | None:
        """Per cent of the need that this offer covers; ``None`` when it is not known or not to be told."""
        known = any(name == "Quantité" and text != UNKNOWN_QUANTITY for name, _, text in self.facts)
        return per_cent(int(self.proposal.facts.get("covered_per_mille", 0))) if known else None

    @property
    def shares(self) -> list[tuple[str, int, str]]:
        """The parts of the coverage bar: what is proposed, what remains to be found."""
        covered = self.covered or 0
        return [("proposed", covered, "proposé"), ("missing", 100 - covered, "à trouver ailleurs")]

    @property
    def coverage_words(self) -> str:
        """The coverage bar in words."""
        return f"Couvre {self.covered} % du besoin"

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What speaks for it and what is to be checked: the three that say most, doubts first."""
        return self._said[:REASONS_SHOWN]

    @property
    def more_reasons(self) -> list[tuple[str, str]]:
        """The other reasons."""
        return self._said[REASONS_SHOWN:]

    @property
    def _said(self) -> list[tuple[str, str]]:
        if self.view.is_masked:
            return [("check", "le reste se dit quand les deux sont d’accord pour se parler")]
        return sorted_reasons(self.proposal.reasons)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """An intent that was refused: the rules' sentences and what would let it pass."""

    view: IntentView
    refused: PairRefused


@dataclass(frozen=True, slots=True)
class AtDesk:
    """One intent on the desk: as its reader may see it, its leads, and what came near without fitting."""

    view: IntentView
    leads: list[Lead]
    refused: list[WhyNot]


def last_run(*, pole: Pole) -> MatchingRun | None:
    """The last finished search of a pole, without its problem."""
    return runs(pole=pole).filter(status=RunStatus.DONE, method=RunMethod.SEARCH).first()


def strongest(*, run: MatchingRun, limit: int) -> list[Proposal]:
    """The best proposals of a run, one a need and one an offer."""
    found: list[Proposal] = []
    taken: set[int] = set()
    rows = Proposal.objects.filter(run=run).select_related("need", "offer__author").order_by("-score", "pk")
    for row in rows[: limit * 20]:
        if len(found) < limit and not {row.need_id, row.offer_id} & taken:
            found.append(row)
            taken |= {row.need_id, row.offer_id}
    return found


def was_in_last_run(*, intent: Intent) -> bool:
    """Say whether the last run looked for answers to this intent."""
    run = last_run(pole=intent.pole)
    if run is None:
        return False
    return str(intent.pk) in run.unanswered or run.proposals.filter(**{intent.kind: intent}).exists()


def runs(*, pole: Pole) -> QuerySet[MatchingRun]:
    """Every run of a pole, newest first, without what is heavy."""
    return MatchingRun.objects.filter(pole=pole).defer("problem", "certificate", "result")


def _open(pole: Pole, kind: str) -> QuerySet[Intent]:
    return (
        Intent.objects.filter(pole=pole, kind=kind, state=IntentState.OPEN)
        .select_related("author", "municipality", "resource_type", "site__municipality")
        .defer("document", "folded")
        .order_by("-confirmed_on", "pk")
    )


def intent_at_desk(*, pole: Pole, pk: int) -> Intent | None:
    """One open or answered intent of the pole, with what its card shows."""
    found = (
        Intent.objects.filter(pole=pole, pk=pk)
        .exclude(state=IntentState.WITHDRAWN)
        .select_related("author", "municipality", "resource_type", "site__municipality", "pole")
        .prefetch_related("evidence")
    )
    return found.first()


def leads(*, viewer: Viewer, intent: Intent) -> list[Lead]:
    """The leads of an intent in the last run, best first, with what was decided of each; only what one may see."""
    return at_desk(viewer=viewer, intent=intent, run=last_run(pole=intent.pole), refused=0).leads


def at_desk(*, viewer: Viewer, intent: Intent, run: MatchingRun | None, refused: int = 4) -> AtDesk:
    """What the desk shows of an intent after a run: its view, its leads, and at most ``refused`` of the others."""
    other = _other(intent.kind)
    chosen = _proposals(intent, run)
    far = _refused(intent, run, refused) if refused else []
    keys = [getattr(one, f"{other}_id") for one in chosen] + [getattr(one, other) for one in far]
    views = _views(viewer, [intent.pk, *keys])
    decided = {
        getattr(one, f"{other}_id"): one
        for one in Decision.objects.filter(**{intent.kind: intent}).select_related("by__person")
    }
    return AtDesk(
        view=views[intent.pk],
        leads=[
            Lead(one, views[pk], decided.get(pk))
            for one in chosen
            if (pk := getattr(one, f"{other}_id")) in views
        ],
        refused=[WhyNot(views[pk], one) for one in far if (pk := int(getattr(one, other))) in views],
    )


def _proposals(intent: Intent, run: MatchingRun | None) -> list[Proposal]:
    other, rank = _other(intent.kind), f"rank_for_{intent.kind}"
    rows = Proposal.objects.filter(run=run, **{intent.kind: intent, f"{rank}__isnull": False})
    return list(rows.filter(**{f"{other}__state": IntentState.OPEN}).order_by(rank))


def _refused(intent: Intent, run: MatchingRun | None, n: int) -> list[PairRefused]:
    """The refused answers that came nearest to fitting; none when the run did not know the intent."""
    problem = _problem_of(run.pk) if run else None
    if (
        run is None
        or problem is None
        or not bridge.knows(problem=problem, key=str(intent.pk), kind=intent.kind)
    ):
        return []
    weights = run.parameters.get("weights")
    labels = authorisation_labels()
    return [
        replace(one, sentences=tuple(in_words(said, labels) for said in one.sentences))
        for one in bridge.refused_nearby(
            problem=problem, key=str(intent.pk), kind=intent.kind, n=n, weights=weights
        )
    ]


def _other(kind: str) -> str:
    return IntentKind.OFFER.value if kind == IntentKind.NEED else IntentKind.NEED.value


def _views(viewer: Viewer, keys: Iterable[int | str]) -> dict[int, IntentView]:
    wanted = [int(key) for key in keys]
    if not wanted:
        return {}
    return {one.pk: one for one in views_of(viewer=viewer, intents=Intent.objects.filter(pk__in=wanted))}


def kept_pairs(*, pole: Pole) -> QuerySet[Decision]:
    """The leads kept for follow-up, newest first."""
    return (
        Decision.objects.filter(pole=pole, kind=DecisionKind.ACCEPTED)
        .select_related("need__author", "offer__author", "need__municipality", "offer__municipality", "by")
        .order_by("-at", "-pk")
    )


@lru_cache(maxsize=4)
def _problem_of(run_id: int) -> bridge.KeptProblem | None:
    content = MatchingRun.objects.filter(pk=run_id).values_list("problem", flat=True).first()
    return bridge.problem_from(bytes(content)) if content else None


def why_not(*, viewer: Viewer, intent: Intent, n: int = 4) -> list[WhyNot]:
    """The refused answers of an intent that came nearest to fitting; empty when the run did not know the intent."""
    return at_desk(viewer=viewer, intent=intent, run=last_run(pole=intent.pole), refused=n).refused


def why_not_this(*, need: Intent, offer: Intent) -> PairFound | PairRefused | None:
    """Why one pair fits or not, in the last run; None when the run did not know both."""
    run = last_run(pole=need.pole)
    problem = _problem_of(run.pk) if run else None
    if run is None or problem is None:
        return None
    known = bridge.knows(problem=problem, key=str(need.pk), kind=IntentKind.NEED) and bridge.knows(
        problem=problem, key=str(offer.pk), kind=IntentKind.OFFER
    )
    if not known:
        return None
    weights = run.parameters.get("weights")
    found = bridge.explain_pair(problem=problem, need=str(need.pk), offer=str(offer.pk), weights=weights)
    if isinstance(found, PairFound):
        return found
    labels = authorisation_labels()
    return replace(found, sentences=tuple(in_words(said, labels) for said in found.sentences))


def named(*, pole: Pole, kind: str, text: str, limit: int = 8) -> list[Intent]:
    """Open intents of one side whose title or structure resembles ``text``."""
    key = fold(text)
    if not key:
        return []
    near = Q(folded__contains=key) | Q(author__folded__contains=key)
    return list(_open(pole, kind).filter(near)[:limit])


def set_aside_reasons() -> list[tuple[str, str]]:
    """The reasons one may give, with their words."""
    return [(value, str(label)) for value, label in SetAsideReason.choices]
