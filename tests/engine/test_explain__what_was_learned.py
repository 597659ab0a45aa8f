from dataclasses import replace

from maillage_engine.explain.learning import CRITERIA_FR, explain_learning
from maillage_engine.learning import learn
from maillage_engine.scoring.registry import CRITERION_CODES
from tests.engine.verdicts import decided, decisions


def test_learning__is_told_by_what_counts_more_and_what_counts_less() -> None:
    said = explain_learning(learn(decisions(decided(400, seed=5))), "Est")
    assert said[0] == "400 décisions ont été lues."
    assert said[1].startswith("Compte davantage : la distance (")
    assert "au lieu de 200)" in said[1]
    assert said[2].startswith("Compte moins : ")
    assert "fois sur 100, au lieu de" in said[3]


def test_learning__that_changes_nothing_says_why() -> None:
    result = learn(decisions(decided(20)))
    assert "il en faut 50" in explain_learning(result, "Est")[0]
    kept = replace(result, poles=(replace(result.poles[0], outcome="no_better"),))
    assert explain_learning(kept, "Est")[0].endswith("Rien ne change.")


def test_learning__names_every_criterion_in_order() -> None:
    assert tuple(CRITERIA_FR) == CRITERION_CODES
