"""An assembling as its page tells it: who with whom, how much each, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.shared_out import proof
from maillage.domain.matching.studies.shown import intents_shown

Parts = list[tuple[str, float, str]]
PER_MILLE = 1000
SOMEBODY = "Une structure du pôle"


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One offer of an answer by several; ``share`` in thousandths of the need, None when nothing is counted."""

    offer: IntentView
    words: str
    share: int | None
    distance: str


@dataclass(frozen=True, slots=True)
class TogetherShown:
    """One answer by several."""

    title: str
    members: tuple[MemberShown, ...]

    @property
    def parts(self) -> Parts:
        """The parts of its coverage bar; empty when nothing is counted."""
        if any(one.share is None for one in self.members):
            return []
        told = [("proposed", float(one.share or 0), f"{one.offer.who} : {one.words}") for one in self.members]
        left = PER_MILLE - sum(one.share or 0 for one in self.members)
        return [*told, ("missing", float(left), "reste à trouver")] if left > 0 else told


@dataclass(frozen=True, slots=True)
class AssembledShown:
    """Everything the page shows of one assembling."""

    need: IntentView
    headline: str
    proof: str
    together: tuple[TogetherShown, ...]
    chains: tuple[dict[str, Any], ...]
    shortfall: str
    is_whole: bool


def read_assembled(*, viewer: Viewer, run: MatchingRun) -> AssembledShown | None:
    """Return an assembling as its reader may see it; None when they may not see the need any more."""
    told = run.result
    seen = intents_shown(viewer=viewer, keys=_keys(told))
    need = seen.get(told["need"])
    if need is None:
        return None
    return AssembledShown(
        need=need,
        headline=told["headline"],
        proof=proof(run),
        together=tuple(_together(one, seen) for one in told.get("bundles", [])),
        chains=tuple(_chain(one, seen) for one in told.get("chains", [])),
        shortfall=told.get("shortfall", ""),
        is_whole=bool(told.get("exhausted")),
    )


def _keys(told: dict[str, Any]) -> set[str]:
    members: Iterable[dict[str, Any]] = (one for each in told.get("bundles", []) for one in each["members"])
    chains = told.get("chains", [])
    lines = (line["offer"] for each in chains for line in each["lines"])
    nodes = (node["offer"] for each in chains for node in each["nodes"])
    parties = (share["party"] for each in chains for share in each["shares"])
    return {told["need"], *(one["offer"] for one in members), *lines, *nodes, *parties} - {""}


def _together(one: dict[str, Any], seen: dict[str, IntentView]) -> TogetherShown:
    members = tuple(
        MemberShown(seen[member["offer"]], member["words"], member["per_mille"], member["distance"])
        for member in one["members"]
        if member["offer"] in seen
    )
    names = " et ".join(dict.fromkeys(member.offer.who for member in members))
    return TogetherShown(names, members)


def _chain(one: dict[str, Any], seen: dict[str, IntentView]) -> dict[str, Any]:
    def who(key: str) -> str:
        return seen[key].who if key in seen else SOMEBODY

    return {
        **one,
        "lines": [{**line, "view": seen.get(line["offer"])} for line in one["lines"]],
        "nodes": [
            {**node, "label": who(node["offer"]) if node["offer"] else node["label"]} for node in one["nodes"]
        ],
        "shares": [f"{who(share['party'])} : {share['sentence']}" for share in one["shares"]],
    }


def needs_to_answer(*, pole: Pole) -> list[Intent]:
    """The open needs for which one may look for an answer by several."""
    rows = Intent.objects.filter(pole=pole, kind=IntentKind.NEED, state=IntentState.OPEN)
    return list(rows.select_related("author").order_by("title", "pk"))
