from typing import Any

import pytest

from maillage_engine import InvalidArgument, Link, Problem, ResourceType, TypeTable, search
from maillage_engine.explain import explain, nearest_refused, sentence_fr
from tests.engine.problems import TODAY, problem, week_of

TYPES = TypeTable(
    (
        ResourceType("dechets", label="Déchets"),
        ResourceType("epluchures", label="Épluchures", parent="dechets"),
        ResourceType("compostage", label="Compostage"),
    ),
    (Link("compostage", "dechets", 0.8, "handles", "Déchets végétaux seulement."),),
)
MONTARGIS = {"latitude": 47.9973, "longitude": 2.7364}
AMILLY = {"latitude": 47.9736, "longitude": 2.7725, "approximate": True}


def sentences(need: dict[str, Any], offer: dict[str, Any]) -> list[str]:
    tried = problem([need], [offer], types=TYPES)
    words = [sentence_fr(reason) for reason in explain(tried, 0, 0).reasons]
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in words]


@pytest.mark.parametrize(
    ("need", "offer", "sentence"),
    [
        ({"types": 1}, {"types": 1}, "même type : Épluchures"),
        ({"types": 0}, {"types": 1}, "« Épluchures » fait partie de « Déchets »"),
        ({"types": 1}, {"types": 0}, "l’offre est plus large (« Déchets ») ; vérifiez qu’elle convient"),
        (
            {"types": 0},
            {"types": 2},
            "« Compostage » prend en charge « Déchets » ; à vérifier : déchets végétaux seulement",
        ),
        ({"types": -1}, {"types": 1}, "type à préciser dans le besoin"),
        (MONTARGIS, AMILLY, "à environ 3,8 km"),
        (MONTARGIS, MONTARGIS, "sur place"),
        ({}, MONTARGIS, "lieu du besoin à préciser"),
        ({}, {"week": week_of(*range(24, 48))}, "disponible le mardi"),
        ({}, {"week": week_of(*range(24, 72))}, "disponible le mardi et le mercredi"),
        ({}, {"week": week_of(*range(120))}, "disponible du lundi au vendredi"),
        ({}, {"months": [0] * 3 + [100] * 7 + [0] * 2}, "disponible d’avril à octobre"),
        ({}, {"months": [100] * 2 + [0] * 9 + [100]}, "disponible de décembre à février"),
        ({}, {"until_day": TODAY + 10}, "possible jusqu’au 26 février 2026"),
        (
            {"quantity": 12_000.0, "dimension": 0},
            {"quantity": 9_600.0, "dimension": 0},
            "couvre 80 % du besoin (9,6 t sur 12 t)",
        ),
        ({"quantity": 3.0, "dimension": 5}, {"quantity": 6.0, "dimension": 5}, "couvre tout le besoin (3)"),
        ({"quantity": 3.0, "dimension": 5}, {}, "quantité de l’offre à préciser"),
        ({"confirmed_day": TODAY}, {"confirmed_day": TODAY - 12}, "l’offre confirmée il y a 12 jours"),
        ({"confirmed_day": TODAY - 425}, {"confirmed_day": TODAY}, "le besoin confirmé il y a 14 mois"),
        ({}, {"confirmed_day": TODAY}, "le besoin n’a pas encore été confirmé ; un appel suffit"),
    ],
)
def test_explain_tells_in_french(need: dict[str, Any], offer: dict[str, Any], sentence: str) -> None:
    assert sentence in sentences(need, offer)


def test_explain_has_the_numbers_of_the_search() -> None:
    tried = problem([{"types": 2, **MONTARGIS}], [{"types": 2, **AMILLY}], types=TYPES)
    found, result = explain(tried, 0, 0), search(tried)
    assert found.total == result.totals[0, 0]
    assert list(found.criteria.values()) == result.criteria[0, 0].tolist()
    assert found.facts["distance_m"] == result.distance_m[0, 0] == 3763


def test_explain_refuses_a_row_that_does_not_exist() -> None:
    with pytest.raises(InvalidArgument, match="la ligne 3 n’existe pas"):
        explain(problem([{}], [{}]), 0, 3)


def _with_refusals() -> Problem:
    far = {"types": 1, "latitude": 44.0, "longitude": 2.7}
    need = {"types": 1, "reach_km": 20.0, **MONTARGIS}
    return problem([need], [{"types": 2}, {**far, "until_day": 0}, far, {"types": 1}], types=TYPES)


def test_nearest_refused_puts_one_refusal_before_two_and_another_type_last() -> None:
    near = nearest_refused(_with_refusals(), 0)
    assert [one.offer for one in near] == [2, 1]


def test_nearest_refused_works_from_an_offer_too() -> None:
    (only,) = nearest_refused(_with_refusals(), 2, direction="offers")
    assert (only.need, only.offer, only.verdict) == (0, 2, "refused")
