"""What a learning from decisions gave, in French."""

from maillage_engine.explain.french_numbers import list_fr, number_fr
from maillage_engine.learning.result import LearnedPole, LearningResult

CRITERIA_FR = {
    "meaning": "le sens des textes",
    "type": "la nature de ce qui est demandé",
    "distance": "la distance",
    "calendar": "le calendrier",
    "quantity": "la quantité",
    "freshness": "la fraîcheur",
}


def explain_learning(result: LearningResult, pole: str) -> list[str]:
    """Return the sentences for one pole: what it gave, which weights move, what past decisions would have shown.

    Raises ``KeyError`` when the pole has no decision.
    """
    one = result.of(pole)
    if one.outcome == "too_few":
        return [
            f"{one.decisions} décisions disent pourquoi : il en faut {result.least_decisions} pour apprendre. "
            "Rien ne change."
        ]
    if one.outcome == "no_better":
        return [
            f"Sur {one.decisions} décisions, de nouveaux poids n’auraient pas mieux trié celles qu’ils ne "
            "connaissaient pas. Rien ne change."
        ]
    return [f"{one.decisions} décisions ont été lues.", *_moves(result, one), *_replayed(one)]


def _moves(result: LearningResult, one: LearnedPole) -> list[str]:
    """Criteria that count more, then those that count less, largest change first."""
    names = list(CRITERIA_FR.values())
    changes = [
        (after - before, name, before, after)
        for name, before, after in zip(names, result.in_force.in_order(), one.weights.in_order(), strict=True)
    ]
    said = []
    for words, some in (
        ("Compte davantage", sorted((change for change in changes if change[0] > 0), reverse=True)),
        ("Compte moins", sorted(change for change in changes if change[0] < 0)),
    ):
        if some:
            told = list_fr([f"{name} ({after} au lieu de {before})" for _, name, before, after in some])
            said.append(f"{words} : {told}.")
    return said or ["Les poids restent les mêmes."]


def _replayed(one: LearnedPole) -> list[str]:
    before, after = one.apart_before, one.apart_after
    if before is None or after is None or before.auc is None or after.auc is None:
        return []
    return [
        "Rejoué sur des décisions tenues à part : une piste gardée passe devant une piste mise de côté "
        f"{number_fr(after.auc * 100)} fois sur 100, au lieu de {number_fr(before.auc * 100)}."
    ]
