"""What the page says, and how it stays light enough to open anywhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from maillage.core.french import number, plural, typography
from maillage.interfaces.cli.matching.answers import CRITERIA_FR, VERDICTS, Answer, Found, NeedAnswers
from maillage.interfaces.cli.matching.columns import describe
from maillage.interfaces.cli.matching.line import Line, ReadFile
from maillage.interfaces.cli.matching.summary import refusals_fr
from maillage.interfaces.cli.report.map import Place, draw
from maillage.interfaces.cli.report.surround import asset, day_said, environment
from maillage.interfaces.cli.whole_file import whole

LARGEST_BYTES = 10_000_000
MOST_OFFERS = 3
MOST_FAULTS = 100
LONGEST_WORDS = 320
VERDICT_CODES = dict(zip(VERDICTS, ("t", "b", "d"), strict=True))


@dataclass(frozen=True, eq=False)
class Told:
    """Everything that a report tells; ``ground`` are the communes."""

    needs: ReadFile
    offers: ReadFile
    found: Found
    encoder: str
    day: date
    territory: str = ""
    ground: Sequence[Place] = field(default=())


@dataclass(frozen=True, slots=True)
class _Cut:
    """How much is shown: offers for each need, and needs; None is all of them."""

    offers: int
    needs: int | None = None


def write_report(path: Path, told: Told) -> None:
    """Write the page, with less of it if it would pass ``LARGEST_BYTES``; the page says what it leaves out."""
    for cut in _cuts(len(told.needs.lines)):
        content = render(told, offers=cut.offers, needs=cut.needs).encode("utf-8", errors="replace")
        if len(content) <= LARGEST_BYTES:
            break
    with whole(path) as draft:
        draft.write_bytes(content)


def _cuts(needs: int) -> list[_Cut]:
    fewer = [_Cut(1, count) for count in (10_000, 5_000, 2_500, 1_000) if count < needs]
    return [_Cut(MOST_OFFERS), _Cut(2), _Cut(1), *fewer]


def render(told: Told, *, offers: int = MOST_OFFERS, needs: int | None = None) -> str:
    """Return the page."""
    answers = told.found.needs
    common = _said_everywhere(answers, offers)
    ordered = sorted(answers, key=lambda one: (-one.answers[0].score if one.answers else 0, one.need))
    shown = ordered[:needs]
    context = {
        "told": told,
        "title": _title(answers),
        "day": day_said(told.day),
        "verdicts": _verdicts(answers),
        "drawing": draw(told.needs.lines, told.offers.lines, answers, told.ground),
        "rows": [_row(one, told, offers, common) for one in shown if one.answers],
        "nothing": [_nothing(one, told) for one in shown if not one.answers],
        "common": common,
        "refusals": refusals_fr(told.found),
        "files": [_file(told.needs, "Besoins"), _file(told.offers, "Offres")],
        "most_offers": offers,
        "most_needs": needs,
        "k": told.found.result.k,
        "weights": list(zip(CRITERIA_FR.values(), told.found.result.weights.in_order(), strict=True)),
        "style": asset("report.css"),
        "script": asset("report.js"),
    }
    return environment().get_template("report.html").render(context)


def _title(answers: Sequence[NeedAnswers]) -> str:
    answered = sum(bool(one.answers) for one in answers)
    if not answered:
        return "Aucun besoin n’a encore de piste."
    verb = plural(answered, "a", "ont")
    return f"{number(answered)} {plural(answered, 'besoin', 'besoins')} sur {number(len(answers))} {verb} une piste."


def _verdicts(answers: Sequence[NeedAnswers]) -> list[dict[str, Any]]:
    counted = Counter(one.answers[0].verdict if one.answers else "Sans réponse" for one in answers)
    codes = {**VERDICT_CODES, "Sans réponse": "n"}
    total = max(len(answers), 1)
    return [
        {"word": word, "code": code, "count": counted[word], "share": round(100 * counted[word] / total, 2)}
        for word, code in codes.items()
        if counted[word]
    ]


def _said_everywhere(answers: Sequence[NeedAnswers], offers: int) -> list[str]:
    """Return what is to check in every pair of the page: said once, above the table."""
    pairs = [answer for one in answers for answer in one.answers[:offers]]
    if len(pairs) < 2:
        return []
    shared = set(pairs[0].reasons.checks)
    for answer in pairs:
        shared.intersection_update(answer.reasons.checks)
    return [said for said in pairs[0].reasons.checks if said in shared]


def _row(one: NeedAnswers, told: Told, offers: int, common: Sequence[str]) -> dict[str, Any]:
    lines = told.offers.lines
    refused = one.refused
    return {
        "need": _said(told.needs.lines[one.need]),
        "code": VERDICT_CODES[one.answers[0].verdict],
        "answers": [_answer(answer, lines[answer.offer], common) for answer in one.answers[:offers]],
        "more": len(one.answers) - offers,
        "refused": None
        if refused is None
        else {"offer": _said(lines[refused.offer]), "why": refused.sentences[0]},
    }


def _answer(answer: Answer, offer: Line, common: Sequence[str]) -> dict[str, Any]:
    return {
        "offer": _said(offer),
        "rank": answer.rank,
        "verdict": answer.verdict,
        "code": VERDICT_CODES[answer.verdict],
        "distance": _kilometres(answer),
        "pros": answer.reasons.pros,
        "checks": [said for said in answer.reasons.checks if said not in common],
        "cons": answer.reasons.cons,
        "criteria": " · ".join(f"{label} {answer.criteria[code]}" for code, label in CRITERIA_FR.items()),
    }


def _nothing(one: NeedAnswers, told: Told) -> dict[str, Any]:
    refused = one.refused
    return {
        "need": _said(told.needs.lines[one.need]),
        "offer": None if refused is None else _said(told.offers.lines[refused.offer]),
        "why": () if refused is None else refused.sentences,
        "change": () if refused is None else refused.relaxations,
    }


def _said(line: Line) -> dict[str, str]:
    words = " ".join(line.words.split())
    extra = words if words and not words.startswith(line.title.rstrip("…")[:40]) else ""
    return {
        "key": line.key,
        "title": line.title,
        "words": extra if len(extra) <= LONGEST_WORDS else extra[: LONGEST_WORDS - 1].rstrip() + "…",
        "who": line.organisation,
        "where": line.municipality,
    }


def _kilometres(answer: Answer) -> str:
    if answer.distance_m < 0:
        return "lieu à préciser"
    about = "environ " if answer.approximate else ""
    digits = 1 if answer.distance_m < 10_000 else 0
    return typography(f"{about}{number(answer.distance_m / 1000, digits=digits)} km")


def _file(file: ReadFile, label: str) -> dict[str, Any]:
    faults = [*file.faults, *file.remarks]
    return {
        "label": label,
        "name": file.filename,
        "columns": describe(file.mapping),
        "notes": file.notes,
        "faults": faults[:MOST_FAULTS],
        "faults_count": len(faults),
        "silent": len(file.silent),
        "guessed": sum(line.from_activity for line in file.lines),
        "outside": file.outside,
        "kept": len(file.lines),
        "read": file.lines_read,
    }
