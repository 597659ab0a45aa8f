from typing import Any

import numpy as np
import pytest

from maillage_engine import Link, ResourceType, TypeTable, search
from maillage_engine.explain import explain, relaxation_fr, sentence_fr
from maillage_engine.rules.registry import RULES
from tests.engine.problems import AUTHORISATIONS, TODAY, problem, week_of

TYPES = TypeTable(
    (
        ResourceType("dechets", label="Déchets", kind="material"),
        ResourceType("solvants", label="Solvants usés", kind="material", parent="dechets", hazardous=True),
        ResourceType("garde", label="Garde d’enfants", kind="service", requires=("accueil-jeune-enfant",)),
        ResourceType("compostage", label="Compostage", kind="service"),
    ),
    (Link("compostage", "dechets", 0.8, "handles", "Déchets végétaux seulement."),),
)
PARIS, BOURGES = {"latitude": 48.8566, "longitude": 2.3522}, {"latitude": 47.0810, "longitude": 2.3988}
MASS, TIME = {"dimension": 0}, {"dimension": 4}
TUESDAY, FRIDAY = week_of(*range(32, 42)), week_of(*range(104, 114))
SUMMER, WINTER = [0] * 5 + [100] * 3 + [0] * 4, [100] * 2 + [0] * 10

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "type": (
        {"types": 3},
        {"types": 2, "holds": 7},
        "Pas le même objet : rien dans le catalogue ne relie l’offre « Garde d’enfants » au besoin « Compostage ».",
        "",
    ),
    "distance": (
        {"types": 3, "reach_km": 30.0, **PARIS},
        {"types": 3, **BOURGES},
        "Trop loin : 197 km, le besoin dit 30 au plus.",
        "Il faudrait accepter 198 km.",
    ),
    "same_party": (
        {"types": 3, "party": 5},
        {"types": 3, "party": 5},
        "La même structure est des deux côtés.",
        "",
    ),
    "unit": (
        {"types": 3, "quantity": 10.0, **MASS},
        {"types": 3, "quantity": 10.0, **TIME},
        "Les quantités ne se comparent pas : le besoin compte une masse, l’offre du temps de travail.",
        "Il faudrait compter l’offre comme une masse.",
    ),
    "minimum": (
        {"types": 3, "quantity": 500.0, **MASS},
        {"types": 3, "minimum": 2000.0, **MASS},
        "Trop peu : l’offre part de 2 t au moins, le besoin n’en demande que 500 kg.",
        "Il faudrait un minimum de 500 kg.",
    ),
    "dates": (
        {"types": 3},
        {"types": 3, "until_day": TODAY - 1},
        "Trop tard : l’offre a pris fin le 15 février 2026.",
        "Il faudrait aller jusqu’au 16 février 2026 au moins.",
    ),
    "week": (
        {"types": 3, "week": TUESDAY},
        {"types": 3, "week": FRIDAY},
        "Aucune heure de la semaine ne convient aux deux.",
        "Il faudrait une heure de la semaine en commun.",
    ),
    "months": (
        {"types": 3, "months": SUMMER},
        {"types": 3, "months": WINTER},
        "Aucun mois de l’année ne convient aux deux.",
        "Il faudrait un mois en commun.",
    ),
    "authorisation": (
        {"types": 2},
        {"types": 2},
        "Il manque une autorisation : accueil-jeune-enfant.",
        "Il faudrait vérifier si la structure la détient, et l’indiquer sur sa fiche.",
    ),
    "meaning": (
        {"types": -1, "texts": "vélo"},
        {"types": 3, "texts": "compost"},
        "Les deux textes ont trop peu en commun, et un type manque pour en juger autrement.",
        "Il faudrait donner un type au besoin et à l’offre.",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_rule_refuses_says_why_and_what_would_let_it_pass(code: str) -> None:
    need, offer, sentence, relaxation = CASES[code]
    tried = problem([need], [offer], types=TYPES, authorisations=AUTHORISATIONS)
    (refusal,) = explain(tried, 0, 0).refusals
    assert refusal.code == code
    assert _plain(sentence_fr(refusal)) == sentence
    assert _plain(relaxation_fr(refusal)) == relaxation
    assert search(tried).refused[code] == 1


def test_rule_excluded_keeps_out_a_pair_set_aside() -> None:
    tried = problem(
        [{}], [{"texts": "vélo"}, {}], excluded_pairs=[(0, 1)], types=TYPES, authorisations=AUTHORISATIONS
    )
    assert explain(tried, 0, 1).refusals[0].code == "excluded"
    assert sentence_fr(explain(tried, 0, 1).refusals[0]) == "Cette réponse a déjà été écartée."


def test_every_rule_has_its_case() -> None:
    assert {rule.code for rule in RULES} == {*CASES, "excluded"}


def test_rule_distance_refuses_no_unknown_place() -> None:
    tried = problem(
        [{"types": 3, "reach_km": 0.0, **PARIS}], [{"types": 3}], types=TYPES, authorisations=AUTHORISATIONS
    )
    found = explain(tried, 0, 0)
    assert found.verdict == "feasible"
    assert "lieu de l’offre à préciser" in [sentence_fr(reason) for reason in found.reasons]


@pytest.mark.parametrize(("need_holds", "offer_holds", "passes"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_rule_authorisation_lets_the_taker_of_a_hazardous_material_hold_it(
    need_holds: int, offer_holds: int, passes: bool
) -> None:
    need, offer = {"types": 1, "holds": need_holds}, {"types": 1, "holds": offer_holds}
    tried = problem([need], [offer], types=TYPES, authorisations=AUTHORISATIONS)
    assert (explain(tried, 0, 0).verdict == "feasible") is passes


def test_a_pair_shows_every_refusal_the_first_being_the_headline() -> None:
    need = {"types": 3, "party": 1, "reach_km": 5.0, "week": TUESDAY, **PARIS}
    offer = {"types": 2, "party": 1, "week": FRIDAY, **BOURGES}
    tried = problem([need], [offer], types=TYPES, authorisations=AUTHORISATIONS)
    codes = [refusal.code for refusal in explain(tried, 0, 0).refusals]
    assert codes == ["type", "distance", "same_party", "week", "authorisation"]
    assert search(tried).refused["type"] == 1
    assert sum(search(tried).refused.values()) == 1


def _plain(sentence: str) -> str:
    assert " :" not in sentence.replace("\u00a0:", "")
    assert "'" not in sentence
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


def test_nan_does_not_hide_in_a_refusal() -> None:
    tried = problem([{"minimum": 5.0, **MASS}], [{"quantity": np.nan, **MASS}])
    assert "minimum" not in [refusal.code for refusal in explain(tried, 0, 0).refusals]
