"""Each need that lacks something has its reason, and its cut holds."""

import numpy as np
import pytest

from maillage_engine.certify.allocate import certify_cut
from maillage_engine.explain.allocation import unmet_fr
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unmet import Cut, UnmetReport, unmet
from tests.engine.sharings import plain, small, territory


def _reasons(problem: AllocationProblem) -> tuple[list[str], UnmetReport]:
    report = unmet(problem, allocate(problem))
    return [line.reason for line in report.lines], report


def test_r8__every_unmet_need_has_a_reason_and_each_cut_is_checked() -> None:
    drawn = np.random.default_rng(9)
    for _ in range(120):
        problem = small(drawn)
        result = allocate(problem)
        report = unmet(problem, result)
        missing = problem.need_quantity - result.served(problem)
        assert len(report.lines) == np.count_nonzero(missing > 1e-6 * np.maximum(problem.need_quantity, 1e-9))
        assert all(certify_cut(problem, result, cut).passed for cut in report.cuts)
        assert all(line.cut >= 0 or line.reason == "nobody" for line in report.lines)


def test_unmet__a_territory_is_explained_whole() -> None:
    problem = territory(2000, seed=10, offers_a_need=0.5)
    result = allocate(problem)
    report = unmet(problem, result)
    assert {line.reason for line in report.lines} <= {"full", "worth"}
    assert all(certify_cut(problem, result, cut).passed for cut in report.cuts)


def test_unmet__a_false_cut_is_refused() -> None:
    problem = plain(wanted=[5, 5], there=[4, 4], pairs=[(0, 0), (1, 1)])
    cut = Cut(0, np.array([0, 1]), np.array([0]), 4.0, 10.0)
    check = certify_cut(problem, allocate(problem), cut)
    assert (check.passed, check.detail) == (False, "un besoin de la coupe a une offre en dehors")


@pytest.mark.parametrize(
    ("more", "reason", "words"),
    [
        ({"pairs": []}, "nobody", "Aucune offre de « Compostage » à moins de 30 km."),
        (
            {"pairs": [(0, 0)]},
            "full",
            "Toute la capacité de « Compostage » (3 unités) est prise : 1 besoin y demande 5 unités.",
        ),
        (
            {"pairs": [(0, 0)], "offer_lot": [4.0]},
            "lot",
            "Ce qui reste est au-dessous de la quantité minimale",
        ),
    ],
)
def test_r9__the_reason_is_a_sentence(more: dict[str, object], reason: str, words: str) -> None:
    labels = {"need_family": ["Compostage"], "offer_family": ["Compostage"]}
    problem = plain(wanted=[5], there=[3], **labels, **more)  # type: ignore[arg-type]  # a table of odd cases
    reasons, report = _reasons(problem)
    assert reasons == [reason]
    said = unmet_fr(problem, report, report.lines[0], reach_km=30).replace("\u00a0", " ")
    assert words in said


def test_unmet__says_when_the_offers_are_free() -> None:
    problem = plain(
        wanted=[[2, 0]], there=[[0, 5]], pairs=[(0, 0)], slots=("lundi", "mardi"), need_ids=["Cantine"]
    )
    reasons, report = _reasons(problem)
    assert reasons == ["calendar"]
    said = unmet_fr(problem, report, report.lines[0])
    assert said.endswith("Ses offres possibles ne sont libres que : mardi.")


def test_unmet__says_that_others_go_first() -> None:
    problem = plain(wanted=[5, 5], there=[5], pairs=[(0, 0), (1, 0)], priority=[2, 1])
    assert _reasons(problem)[0] == ["priority"]
