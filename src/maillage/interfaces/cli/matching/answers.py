"""The answers of each need: pairs found with their reasons in words, and for each need the nearest refusal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from maillage.core.french import typography
from maillage.interfaces.cli.certified import NotCertified
from maillage_engine import Problem, SearchResult, search
from maillage_engine.certify import Certificate, certify
from maillage_engine.explain import Explanation, explain, nearest_refused, relaxation_fr, sentence_fr
from maillage_engine.scale.runners import Runner
from maillage_engine.scale.search_tiles import search_tiled

VERY_GOOD, GOOD = 800, 680
VERDICTS = ("Très bon accord", "Bon accord", "À discuter")
CRITERIA_FR = {
    "meaning": "Sens",
    "type": "Type",
    "distance": "Distance",
    "calendar": "Calendrier",
    "quantity": "Quantité",
    "freshness": "Fraîcheur",
}
Progress = Callable[[int, int], None]
ToCheck = Callable[[int, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sentences by what they do: speak for the pair, are to be checked, speak against it."""

    pros: tuple[str, ...]
    checks: tuple[str, ...]
    cons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """``offer`` is the row of the offer; ``rank`` begins at 1; ``score`` and the criteria go from 0 to 1000."""

    offer: int
    rank: int
    score: int
    verdict: str
    distance_m: int
    approximate: bool
    criteria: Mapping[str, int]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Refused:
    """An offer that was refused: the sentences of every rule, and what would let it pass."""

    offer: int
    sentences: tuple[str, ...]
    relaxations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedAnswers:
    """The answers of the need of row ``need``, best first, and the refused offer that comes nearest."""

    need: int
    answers: tuple[Answer, ...]
    refused: Refused | None


@dataclass(frozen=True, eq=False)
class Found:
    """Everything a run found."""

    needs: tuple[NeedAnswers, ...]
    result: SearchResult
    certificate: Certificate


def verdict_of(score: int) -> str:
    """Return the words of a score from 0 to 1000, with the bounds of the matching desk."""
    if score >= VERY_GOOD:
        return VERDICTS[0]
    return VERDICTS[1] if score >= GOOD else VERDICTS[2]


def find(
    problem: Problem,
    *,
    k: int,
    to_check: ToCheck | None = None,
    searching: Progress | None = None,
    explaining: Progress | None = None,
    runner: Runner | None = None,
) -> Found:
    """Search, have the result certified, and say the reasons. Raises ``NotCertified``.

    With a ``runner`` the search goes by tiles; the result is the same.
    ``to_check(need, offer)`` gives what else is to be checked of a pair.
    """
    if runner is None:
        result = search(problem, k=k, progress=searching)
    else:
        result = search_tiled(problem, k=k, runner=runner, progress=searching)
    certificate = certify(problem, result)
    if not certificate.valid:
        fault = certificate.faults[0]
        raise NotCertified(
            f"Le moteur ne confirme pas son propre résultat ({fault.code}, ligne {fault.row}) : rien n’est écrit. "
            "Enregistrez le problème avec --enregistrer et signalez-le."
        )
    found = []
    for need in range(len(problem.needs)):
        found.append(_of_need(problem, result, need, to_check))
        if explaining is not None and (need % 20 == 0 or need + 1 == len(problem.needs)):
            explaining(need + 1, len(problem.needs))
    return Found(tuple(found), result, certificate)


def answer_of(explanation: Explanation, *, rank: int, checks: Sequence[str] = ()) -> Answer:
    """Return an explanation in words."""
    distance = next((one for one in explanation.reasons if one.code == "distance"), None)
    return Answer(
        offer=explanation.offer,
        rank=rank,
        score=explanation.score,
        verdict=verdict_of(explanation.score),
        distance_m=int(explanation.facts["distance_m"]),
        approximate=bool(distance and distance.numbers["approximate"]),
        criteria=dict(explanation.criteria),
        reasons=reasons_of(explanation, checks),
    )


def reasons_of(explanation: Explanation, checks: Sequence[str] = ()) -> Reasons:
    """Return the reasons as sentences; ``checks`` come first of what is to be checked."""
    said = [(one.kind, typography(sentence_fr(one))) for one in explanation.reasons]
    return Reasons(
        tuple(text for kind, text in said if kind == "for"),
        (*map(typography, checks), *(text for kind, text in said if kind == "check")),
        tuple(text for kind, text in said if kind == "against"),
    )


def refused_of(explanation: Explanation) -> Refused:
    """Return every rule that refuses, in words, and what would let each pass."""
    return Refused(
        explanation.offer,
        tuple(typography(sentence_fr(one)) for one in explanation.refusals),
        tuple(typography(words) for one in explanation.refusals if (words := relaxation_fr(one))),
    )


def _of_need(problem: Problem, result: SearchResult, need: int, to_check: ToCheck | None) -> NeedAnswers:
    pairs = [result.pair(need, rank) for rank in range(min(int(result.found[need]), result.k))]
    answers = tuple(
        answer_of(explain(problem, *pair), rank=rank, checks=to_check(*pair) if to_check else ())
        for rank, pair in enumerate(pairs, start=1)
    )
    nearest = nearest_refused(problem, need, n=1) if len(problem.offers) else []
    return NeedAnswers(need, answers, refused_of(nearest[0]) if nearest else None)
