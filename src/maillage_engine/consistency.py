"""Named checks of a problem: what is allowed but looks wrong, each with the way to mend it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import INT32_MIN, Bools
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

SHOWN = 5
OLD_DAYS = 730


@dataclass(frozen=True, slots=True)
class Finding:
    """``check``: its name; ``side``: needs, offers or problem; ``rows``: every row concerned; ``message``: French."""

    check: str
    side: str
    rows: tuple[int, ...]
    message: str


SideCheck = Callable[[Side, Problem], Bools]


def check(problem: Problem) -> list[Finding]:
    """Return what looks wrong in a problem, nothing when all looks right; the order is fixed."""
    found: list[Finding] = []
    for name, side in (("needs", problem.needs), ("offers", problem.offers)):
        for code, (look, message) in SIDE_CHECKS.items():
            rows = tuple(int(row) for row in np.flatnonzero(look(side, problem)))
            if rows:
                found.append(Finding(code, name, rows, _message(message, side, rows)))
    for code, (fails, message) in PROBLEM_CHECKS.items():
        if fails(problem):
            found.append(Finding(code, "problem", (), message))
    return found


def _message(message: str, side: Side, rows: tuple[int, ...]) -> str:
    shown = ", ".join(side.ids[row] for row in rows[:SHOWN])
    more = f" et {len(rows) - SHOWN} autres" if len(rows) > SHOWN else ""
    return f"{message} ({shown}{more})"


def _empty_text(side: Side, problem: Problem) -> Bools:
    return np.array([not text.strip() for text in side.texts], dtype=np.bool_)


def _no_content(side: Side, problem: Problem) -> Bools:
    if side.vectors.shape[1] == 0:
        return np.zeros(len(side), dtype=np.bool_)
    silent: Bools = ~side.vectors.any(axis=1) & ~_empty_text(side, problem)
    return silent


def _half_place(side: Side, problem: Problem) -> Bools:
    half: Bools = np.isnan(side.latitude) ^ np.isnan(side.longitude)
    return half


def _null_place(side: Side, problem: Problem) -> Bools:
    null: Bools = (side.latitude == 0) & (side.longitude == 0)
    return null


def _swapped_place(side: Side, problem: Problem) -> Bools:
    swapped: Bools = (np.abs(side.latitude) < 11) & (side.longitude > 41) & (side.longitude < 52)
    return swapped


def _zero_reach(side: Side, problem: Problem) -> Bools:
    zero: Bools = side.reach_km == 0
    return zero


def _reach_without_place(side: Side, problem: Problem) -> Bools:
    useless: Bools = ~np.isnan(side.reach_km) & ~side.located
    return useless


def _quantity_without_dimension(side: Side, problem: Problem) -> Bools:
    odd: Bools = ~np.isnan(side.quantity) & (side.dimension < 0)
    return odd


def _minimum_above_quantity(side: Side, problem: Problem) -> Bools:
    odd: Bools = side.minimum > np.where(np.isnan(side.quantity), np.inf, side.quantity)
    return odd


def _minimum_without_dimension(side: Side, problem: Problem) -> Bools:
    odd: Bools = (side.minimum > 0) & (side.dimension < 0)
    return odd


def _ended(side: Side, problem: Problem) -> Bools:
    ended: Bools = side.until_day < problem.today
    return ended


def _no_hour(side: Side, problem: Problem) -> Bools:
    none: Bools = ~np.any(side.week, axis=1)
    return none


def _no_month(side: Side, problem: Problem) -> Bools:
    none: Bools = ~np.any(side.months, axis=1)
    return none


def _confirmed_in_future(side: Side, problem: Problem) -> Bools:
    ahead: Bools = side.confirmed_day > problem.today
    return ahead


def _stale(side: Side, problem: Problem) -> Bools:
    known = side.confirmed_day != INT32_MIN
    stale: Bools = known & (problem.today - side.confirmed_day.astype(np.int64) >= OLD_DAYS)
    return stale


def _unknown_type(side: Side, problem: Problem) -> Bools:
    unknown: Bools = (side.types < 0) & (len(problem.types) > 0)
    return unknown


SIDE_CHECKS: Mapping[str, tuple[SideCheck, str]] = {
    "empty_text": (_empty_text, "Sans texte, le sens ne compte pas ; écrivez quelques mots."),
    "no_content": (_no_content, "Le texte n’a aucun mot utile ; dites ce qui est voulu ou proposé."),
    "half_place": (_half_place, "Une seule coordonnée est donnée ; complétez la latitude et la longitude."),
    "null_place": (_null_place, "La position 0, 0 est au large de l’Afrique ; effacez-la ou corrigez-la."),
    "swapped_place": (_swapped_place, "Latitude et longitude semblent échangées ; remettez-les à l’endroit."),
    "zero_reach": (_zero_reach, "La distance acceptée est 0 km ; laissez vide s’il n’y a pas de limite."),
    "reach_without_place": (
        _reach_without_place,
        "Une distance est acceptée, mais le lieu n’est pas connu ; donnez la commune.",
    ),
    "quantity_without_dimension": (
        _quantity_without_dimension,
        "La quantité n’a pas d’unité et ne sera pas comparée ; donnez l’unité.",
    ),
    "minimum_without_dimension": (
        _minimum_without_dimension,
        "Le minimum n’a pas d’unité et ne sera pas vérifié ; donnez l’unité.",
    ),
    "minimum_above_quantity": (
        _minimum_above_quantity,
        "Le minimum dépasse la quantité ; baissez l’un ou relevez l’autre.",
    ),
    "ended": (_ended, "La date de fin est passée et rien ne sera proposé ; prolongez ou retirez."),
    "no_hour": (_no_hour, "Aucune heure de la semaine ne convient ; cochez-en, ou laissez vide."),
    "no_month": (_no_month, "Aucun mois ne convient ; cochez-en, ou laissez vide."),
    "confirmed_in_future": (_confirmed_in_future, "La confirmation est dans l’avenir ; corrigez la date."),
    "stale": (_stale, "Personne n’a confirmé depuis deux ans ; un appel suffit."),
    "unknown_type": (_unknown_type, "Le type n’est pas connu et seul le texte jugera ; choisissez-en un."),
}


def _no_need(problem: Problem) -> bool:
    return len(problem.needs) == 0


def _no_offer(problem: Problem) -> bool:
    return len(problem.offers) == 0


def _no_vectors(problem: Problem) -> bool:
    return problem.needs.vectors.shape[1] == 0 and len(problem.needs) > 0


def _one_party(problem: Problem) -> bool:
    parties = np.concatenate([problem.needs.party, problem.offers.party])
    return len(parties) > 1 and bool((parties == parties[0]).all()) and int(parties[0]) >= 0


def _nothing_linked(problem: Problem) -> bool:
    needed = problem.needs.types[problem.needs.types >= 0]
    offered = problem.offers.types[problem.offers.types >= 0]
    if len(needed) == 0 or len(offered) == 0:
        return False
    return not problem.types.closeness[np.ix_(np.unique(offered), np.unique(needed))].any()


PROBLEM_CHECKS: Mapping[str, tuple[Callable[[Problem], bool], str]] = {
    "no_need": (_no_need, "Il n’y a aucun besoin ; ajoutez-en au moins un."),
    "no_offer": (_no_offer, "Il n’y a aucune offre ; ajoutez-en au moins une."),
    "no_vectors": (_no_vectors, "Les textes n’ont pas été encodés ; seuls les mots communs compteront."),
    "one_party": (_one_party, "Toutes les lignes sont de la même structure ; aucune ne peut se répondre."),
    "nothing_linked": (
        _nothing_linked,
        "Aucun type offert ne répond à un type demandé ; vérifiez les types ou ajoutez des liens au catalogue.",
    ),
}
