"""What the pages of the desk read. Intents are given whole: the policies open the desk to the pole's team only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.enums import DecisionKind, RunStatus, SetAsideReason, Verdict
from maillage.domain.matching.models import Decision, MatchingRun, Proposal
from maillage.domain.matching.problem_rows import PairFound, PairRefused

NEAR_ENOUGH = (Verdict.VERY_GOOD, Verdict.GOOD)


@dataclass(frozen=True, slots=True)
class Lead:
    """A proposal as a card shows it: the other side's intent, the verdict, the facts, the reasons, the decision."""

    proposal: Proposal
    intent: Intent
    decision: Decision | None

    @property
    def facts(self) -> list[dict[str, str]]:
        """The four facts: name, level, text."""
        four: list[dict[str, str]] = self.proposal.facts.get("four", [])
        return four

    @property
    def covered(self) -> int:
        """Per cent of the need that this offer covers."""
        return int(self.proposal.facts.get("covered_per_mille", 0)) // 10


@dataclass(frozen=True, slots=True)
class QueueLine:
    """An intent in the queue of the desk: how many leads wait, the best verdict among them."""

    intent: Intent
    waiting: int
    best: str
    kept: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The queue of one side, in four groups."""

    run: MatchingRun | None
    to_decide: tuple[QueueLine, ...]
    fragile: tuple[QueueLine, ...]
    unanswered: tuple[QueueLine, ...]
    followed: tuple[QueueLine, ...]

    @property
    def lines(self) -> tuple[QueueLine, ...]:
        """Every line, in the order of the groups."""
        return self.to_decide + self.fragile + self.unanswered + self.followed


@dataclass(frozen=True, slots=True)
class Missing:
    """An intent that nothing answers, and the obstacle that came nearest to giving way."""

    intent: Intent
    code: str
    sentence: str
    relaxation: str
    nearest: Intent | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """An intent that was refused: the rules' sentences and what would let it pass."""

    intent: Intent
    refused: PairRefused


def last_run(*, pole: Pole) -> MatchingRun | None:
    """The last finished run of a pole, without its problem."""
    return runs(pole=pole).filter(status=RunStatus.DONE).first()


def running(*, pole: Pole) -> MatchingRun | None:
    """The run that waits or works, if any."""
    return runs(pole=pole).filter(status__in=[RunStatus.WAITING, RunStatus.RUNNING]).first()


def runs(*, pole: Pole) -> QuerySet[MatchingRun]:
    """Every run of a pole, newest first, without the heavy problem."""
    return MatchingRun.objects.filter(pole=pole).defer("problem", "certificate")


def _open(pole: Pole, kind: str) -> QuerySet[Intent]:
    return (
        Intent.objects.filter(pole=pole, kind=kind, state=IntentState.OPEN)
        .select_related("author", "municipality", "resource_type", "site__municipality")
        .order_by("-confirmed_on", "pk")
    )


def desk(*, pole: Pole, kind: str) -> Desk:
    """The queue of the needs (or of the offers) of a pole, from its last run and what was decided since."""
    run = last_run(pole=pole)
    waiting: dict[int, list[str]] = defaultdict(list)
    kept: dict[int, int] = defaultdict(int)
    decided = {
        (need, offer): outcome
        for need, offer, outcome in Decision.objects.filter(pole=pole).values_list(
            "need_id", "offer_id", "kind"
        )
    }
    mine = 0 if kind == IntentKind.NEED else 1
    for pair, outcome in decided.items():
        if outcome == DecisionKind.ACCEPTED:
            kept[pair[mine]] += 1
    ranked = (
        {"rank_for_need__isnull": False} if kind == IntentKind.NEED else {"rank_for_offer__isnull": False}
    )
    for need, offer, verdict in Proposal.objects.filter(run=run, **ranked).values_list(
        "need_id", "offer_id", "verdict"
    ):
        if (need, offer) not in decided:
            waiting[(need, offer)[mine]].append(verdict)
    lines = [
        QueueLine(one, len(waiting[one.pk]), _best(waiting[one.pk]), kept[one.pk])
        for one in _open(pole, kind)
    ]
    return Desk(
        run=run,
        to_decide=tuple(line for line in lines if line.best in NEAR_ENOUGH),
        fragile=tuple(line for line in lines if line.waiting and line.best not in NEAR_ENOUGH),
        unanswered=tuple(line for line in lines if not line.waiting and not line.kept),
        followed=tuple(line for line in lines if not line.waiting and line.kept),
    )


def _best(verdicts: Sequence[str]) -> str:
    return next((one for one in Verdict.values if one in verdicts), "")


def intent_at_desk(*, pole: Pole, pk: int) -> Intent | None:
    """One open or answered intent of the pole, with what its card shows."""
    found = (
        Intent.objects.filter(pole=pole, pk=pk)
        .exclude(state=IntentState.WITHDRAWN)
        .select_related("author", "municipality", "resource_type", "site__municipality", "pole")
        .prefetch_related("evidence")
    )
    return found.first()


def leads(*, intent: Intent) -> list[Lead]:
    """The leads of an intent in the last run, best first, with what was decided of each."""
    run = last_run(pole=intent.pole)
    needs = intent.kind == IntentKind.NEED
    other = "offer" if needs else "need"
    rank = "rank_for_need" if needs else "rank_for_offer"
    chosen = (
        Proposal.objects.filter(run=run, **{intent.kind: intent, f"{rank}__isnull": False})
        .select_related(
            f"{other}__author",
            f"{other}__municipality",
            f"{other}__resource_type",
            f"{other}__site__municipality",
        )
        .order_by(rank)
    )
    decided = {
        (one.need_id, one.offer_id): one
        for one in Decision.objects.filter(**{intent.kind: intent}).select_related("by")
    }
    return [
        Lead(one, getattr(one, other), decided.get((one.need_id, one.offer_id)))
        for one in chosen
        if getattr(one, other).state == IntentState.OPEN
    ]


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


def why_not(*, intent: Intent, n: int = 4) -> list[WhyNot]:
    """The refused answers of an intent that came nearest to fitting; empty when the run did not know the intent."""
    run = last_run(pole=intent.pole)
    problem = _problem_of(run.pk) if run else None
    if problem is None or not bridge.knows(problem=problem, key=str(intent.pk), kind=intent.kind):
        return []
    refused = bridge.refused_nearby(problem=problem, key=str(intent.pk), kind=intent.kind, n=n)
    other = "offer" if intent.kind == IntentKind.NEED else "need"
    found = {str(one.pk): one for one in _by_keys([getattr(one, other) for one in refused])}
    return [WhyNot(found[getattr(one, other)], one) for one in refused if getattr(one, other) in found]


def why_not_this(*, need: Intent, offer: Intent) -> PairFound | PairRefused | None:
    """Why one pair fits or not, in the last run; None when the run did not know both."""
    run = last_run(pole=need.pole)
    problem = _problem_of(run.pk) if run else None
    if problem is None:
        return None
    known = bridge.knows(problem=problem, key=str(need.pk), kind=IntentKind.NEED) and bridge.knows(
        problem=problem, key=str(offer.pk), kind=IntentKind.OFFER
    )
    return bridge.explain_pair(problem=problem, need=str(need.pk), offer=str(offer.pk)) if known else None


def _by_keys(keys: Sequence[str]) -> QuerySet[Intent]:
    return Intent.objects.filter(pk__in=[int(key) for key in keys]).select_related("author", "municipality")


def missing(*, pole: Pole, kind: str = IntentKind.NEED) -> list[Missing]:
    """What nothing answers: each open intent without a lead in the last run, and the nearest obstacle."""
    run = last_run(pole=pole)
    unanswered: dict[str, dict[str, Any]] = run.unanswered if run else {}
    other = "offer" if kind == IntentKind.NEED else "need"
    nearest = {
        str(one.pk): one for one in _by_keys([said[other] for said in unanswered.values() if said.get(other)])
    }
    lines = []
    for line in desk(pole=pole, kind=kind).unanswered:
        said = unanswered.get(str(line.intent.pk), {})
        lines.append(
            Missing(
                intent=line.intent,
                code=said.get("code", ""),
                sentence=(said.get("sentences") or [""])[0],
                relaxation=said.get("relaxation", ""),
                nearest=nearest.get(said.get(other, "")),
            )
        )
    return lines


def set_aside_reasons() -> list[tuple[str, str]]:
    """The reasons one may give, with their words."""
    return [(value, str(label)) for value, label in SetAsideReason.choices]
