"""A plan of rounds in French: why a stop is left out, what the timetable says."""

from maillage_engine.explain.french_numbers import NBSP, kilometres_fr, number_fr
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.methods.tour.result import NOBODY, LeftOut, TourResult

UNITS: dict[str, tuple[str, int]] = {"kg": ("kg", 1000), "m3": ("m³", 1000)}
"""Dimensions counted in thousandths: grams are shown in kilograms, litres in cubic metres."""
KINDS_FR = {
    "start": "Départ",
    "visit": "Arrêt",
    "pause": "Pause",
    "reload": "Déchargement",
    "end": "Retour",
}
DAY = 24 * 3600


def clock_fr(seconds: int) -> str:
    """Write 30,600 seconds since midnight as « 8 h 30 »; past midnight the day is told."""
    days, rest = divmod(seconds, DAY)
    words = f"{rest // 3600}{NBSP}h{NBSP}{rest % 3600 // 60:02d}"
    return words if not days else f"{words} (jour + {days})"


def duration_fr(seconds: int) -> str:
    """Write 5,400 seconds as « 1 h 30 », 600 as « 10 min »."""
    minutes = -(-seconds // 60)
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02d}" if minutes % 60 else f"{minutes // 60}{NBSP}h"


def quantity_fr(amount: int, dimension: str) -> str:
    """Write a quantity of a dimension in the unit that people read."""
    unit, divisor = UNITS.get(dimension, ("", 1))
    digits = 0 if amount >= 100 * divisor else 2
    words = number_fr(amount / divisor, digits)
    return f"{words}{NBSP}{unit}" if unit else words


def cost_fr(problem: TourProblem, cost: int) -> str:
    """Write cost units as people read them."""
    return number_fr(cost / problem.cost_unit, 2)


def why_left_out(problem: TourProblem, one: LeftOut) -> str:
    """Return the sentence that says why a visit is not served, verified when the plan was made."""
    visit = problem.visits[one.visit]
    vehicle = "" if one.vehicle == NOBODY else f" (le plus proche{NBSP}: {problem.vehicles[one.vehicle].id})"
    where = f" (horaire{NBSP}: de {clock_fr(visit.window[0])} à {clock_fr(visit.window[1])})"
    lacking = "" if one.dimension < 0 else quantity_fr(one.amount, problem.dimensions[one.dimension])
    sentences = {
        "material": f"aucun véhicule n’accepte la matière « {visit.material} »",
        "capacity": f"sa quantité dépasse la capacité de tous les véhicules, de {lacking} au moins{vehicle}",
        "window": f"aucun véhicule ne peut y être dans son horaire{where}{NBSP}: "
        f"{duration_fr(one.amount)} de retard au mieux",
        "length": f"l’aller et retour dépasse la journée de tous les véhicules, de {duration_fr(one.amount)} au moins",
        "pause": "la pause du conducteur ne tient dans aucune tournée qui y passe",
        "together": f"« {visit.material} » ne peut aller avec ce que portent les tournées, "
        "et aucun véhicule n’est libre",
        "full": f"toutes les tournées sont pleines, il manque {lacking} au mieux{vehicle}"
        if lacking
        else "tous les véhicules sont pris",
        "late": f"où qu’on le place, un horaire serait manqué de {duration_fr(one.amount)} au mieux{vehicle}",
        "price": f"le desservir coûterait au moins {cost_fr(problem, one.amount)} de plus que ce qu’il vaut",
    }
    words = sentences[one.reason]
    return f"{words[0].upper()}{words[1:]}."


def summary_fr(problem: TourProblem, result: TourResult) -> list[str]:
    """Return the plan in a few sentences; distances in metres and hours in seconds are supposed."""
    served = len(problem.visits) - len(result.left_out)
    rounds = len(result.rounds)
    lines = [
        f"{served} arrêts sur {len(problem.visits)} sont desservis, en {rounds} "
        f"{'tournée' if rounds < 2 else 'tournées'}{NBSP}: {kilometres_fr(result.metres)}, "
        f"{duration_fr(result.seconds)} hors pauses."
    ]
    statuses = {
        "optimal": "Ce plan est prouvé le moins cher.",
        "feasible": "C’est le meilleur plan trouvé dans le temps donné.",
        "infeasible": "Un arrêt obligatoire au moins ne peut être desservi par aucun véhicule, c’est prouvé.",
        "stopped": "Dans le temps donné, aucun plan qui desserve tous les arrêts obligatoires n’a été trouvé.",
    }
    return [*lines, statuses[result.status]]
