import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument
from maillage_engine.explain.facility import Words, explain_facility
from maillage_engine.methods.facility import FacilityProblem, open_sites
from maillage_engine.reference.facility import slow_open_sites
from maillage_engine.stop import Stop
from tests.engine.facility_cases import spread

NAMES = Words(
    sites={"1": "Vierzon", "2": "Bourges", "3": "Mehun"}, customers={"1": "l’école", "2": "le lycée"}
)


def two(**more: object) -> FacilityProblem:
    base: dict[str, object] = {
        "capacity": np.array([40.0, 40.0, 40.0]),
        "fixed_cost": np.array([900.0, 1000.0, 5000.0]),
        "demand": np.array([10.0, 20.0]),
        "serve_cost": np.array([[100.0, 200.0], [110.0, 150.0], [90.0, 90.0]]),
    }
    return FacilityProblem.from_arrays(**{**base, **more})  # type: ignore[arg-type]  # one keyword a field


def said(problem: FacilityProblem, *, k: int = 2, stop: Stop | None = None) -> str:
    result = open_sites(problem, k=k, stop=stop or Stop())
    return "\n".join(explain_facility(problem, result, NAMES)).replace("\u00a0", " ")


def test_i13__the_answer_its_service_its_proof_and_the_runner_up_are_told() -> None:
    words = said(two())
    assert "Ouvrir Vierzon : 1 200 € en tout, dont 900 € de frais fixes et 300 € pour servir" in words
    assert "Vierzon sert l’école et le lycée : 30 t sur 40 t possibles (75 %)." in words
    assert "C’est le moins cher de tous les choix : c’est prouvé." in words
    assert "Choix n° 2 : Bourges au lieu de Vierzon, 60 € de plus (1 260 €)." in words
    assert "Tout autre choix de sites coûte au moins" in words


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"capacity": np.array([10.0, 20.0, 1.0])}, "Sans lui, il manquerait 20 t de place."),
        (
            {"serve_cost": np.array([[100.0, np.inf], [np.inf, 150.0], [np.inf, np.inf]])},
            "Sans lui, aucun site ouvert ne pourrait servir le lycée.",
        ),
        (
            {"serve_cost": np.array([[100.0, 5000.0], [4000.0, 150.0], [9e4, 9e4]])},
            "coûterait au moins 3 900 € de plus, pour 900 € de frais fixes en moins.",
        ),
    ],
)
def test_i13__what_each_site_spares_is_told(more: dict[str, object], message: str) -> None:
    assert message in said(two(**more), k=1)


def test_i13__what_a_site_spares_holds_against_every_choice_tried() -> None:
    problem = spread(7, 12, seed=19)
    told = "\n".join(explain_facility(problem, open_sites(problem, k=3))).replace("\u00a0", " ")
    assert "Sans lui, tout choix coûte au moins 41,08 € de plus." in told
    slow = slow_open_sites(problem)
    spared = [
        min(cost for cost, opened in slow if not opened[site]) - slow[0][0]
        for site in np.flatnonzero(slow[0][1])
    ]
    assert max(spared) >= 41.07


def test_i13__an_existing_site_is_not_opened_again() -> None:
    words = said(two(existing=np.array([False, False, True])), k=1)
    assert "N’ouvrir aucun nouveau site" in words
    assert "Mehun, déjà là, sert l’école et le lycée" in words


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"demand": np.array([10.0, 200.0])}, "il manque 90 t de capacité"),
        ({"serve_cost": np.array([[1.0, np.inf]] * 3)}, "Aucun site ne peut servir le lycée"),
        ({"capacity": np.array([16.0, 16.0, 16.0]), "max_openings": 1}, "Permettez-en une de plus"),
    ],
)
def test_i13__why_nothing_is_possible_is_told(more: dict[str, object], message: str) -> None:
    assert message in said(two(**more))


def test_i8__a_lack_of_time_is_told_with_the_gap() -> None:
    problem = spread(30, 60, seed=2, room=5.0)
    assert "Le temps a manqué : c’est le meilleur choix connu. Aucun ne coûte moins de" in said(
        problem, k=1, stop=Stop(iterations=260)
    )


def test_facility__the_result_of_another_problem_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="autre problème"):
        explain_facility(two(), open_sites(spread(3, 2, seed=0)))
