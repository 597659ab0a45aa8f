"""Small territories for chains: a few types, one or two recipes, offers by a line of numbers."""

from typing import Any

import numpy as np

from maillage_engine import ResourceType, TypeTable
from maillage_engine.methods.cooperate.chains_problem import ChainCosts, ChainProblem
from maillage_engine.methods.cooperate.recipes import Recipe, RecipeLine, Role
from tests.engine.problems import problem

NAMES = ("epluchures", "collecte", "site", "broyat", "sciure", "compost", "branchages")
TYPES = TypeTable(tuple(ResourceType(name, label=name, kind="service", dimension="mass") for name in NAMES))
AUTHORISED = ("dechets-dangereux", "transport-dechets")
ROLES = (
    Role("producteur", "un producteur"),
    Role("transporteur", "un transporteur agréé", ("transport-dechets",)),
    Role("site", "un site", place=True),
    Role("structurant", "un fournisseur de structurant"),
)
COMPOST = Recipe(
    "compost",
    "Composter",
    takes=(
        RecipeLine("epluchures", "producteur", 1.0),
        RecipeLine("collecte", "transporteur", 1.0),
        RecipeLine("site", "site"),
    ),
    gives=(RecipeLine("compost", "", 0.5),),
    roles=ROLES,
)
WITH_OPTION = Recipe(
    "compost-structure",
    "Composter avec un structurant",
    takes=(
        RecipeLine("epluchures", "producteur", 1.0),
        RecipeLine("site", "site"),
        RecipeLine("broyat", "structurant", 0.5, option="structurant"),
        RecipeLine("sciure", "structurant", 0.25, option="structurant"),
    ),
    gives=(RecipeLine("compost", "", 0.5),),
    roles=ROLES,
    choice="traitement",
    largest=12.0,
)
SHREDDING = Recipe(
    "broyage",
    "Broyer",
    takes=(RecipeLine("branchages", "producteur", 1.0),),
    gives=(RecipeLine("broyat", "", 1.0),),
    roles=ROLES,
)


def offer(kind: str, quantity: float | None, north: float, **more: Any) -> dict[str, Any]:
    """Return an offer of a type, ``north`` hundredths of a degree north of the need."""
    return {
        "types": TYPES.index[kind],
        "quantity": np.nan if quantity is None else quantity,
        "dimension": 0,
        "latitude": 47.0 + north / 100,
        "longitude": 2.0,
        **more,
    }


def territory(
    offers: list[dict[str, Any]],
    recipes: tuple[Recipe, ...] = (COMPOST,),
    *,
    wanted: float | None = 5.0,
    costs: ChainCosts | None = None,
) -> ChainProblem:
    """Return the chain problem of one need of compost."""
    made = problem([offer("compost", wanted, 0.0)], offers, types=TYPES, authorisations=AUTHORISED)
    return ChainProblem(made, recipes, (0,), costs or ChainCosts())
