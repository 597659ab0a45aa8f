"""What a recipe says: what it takes, what it gives, who plays which part, and what rules it out.

A recipe of size 1 takes and gives the quantities of its lines over twelve months, in the base unit of each type's
dimension. A line without a quantity asks for somebody, whatever the size. Recipes are data: the files and their
reader belong to who calls; nothing here is a number of ours.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage_engine.errors import InvalidProblem
from maillage_engine.problem.types import TypeTable


@dataclass(frozen=True, slots=True)
class Role:
    """A part to play. ``label`` reads after « il manque » : « un transporteur de déchets déclaré ».

    ``requires``: codes of the authorisations that whoever plays it holds. ``place``: it says where the recipe is
    carried out (at most one role of a recipe).
    """

    code: str
    label: str
    requires: tuple[str, ...] = ()
    place: bool = False


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """One thing taken or given, of a ``type`` of the catalogue.

    ``quantity``: for a recipe of size 1, or whatever the size when ``once``; None: somebody is needed, nothing is
    counted. ``sure`` is False when the number is an assumption to be specified; ``note`` is its source, or what
    to specify. Lines taken that share an ``option`` exclude one another: exactly one of them is used.
    """

    type: str
    role: str
    quantity: float | None = None
    once: bool = False
    sure: bool = True
    note: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """``choice``: recipes of one choice exclude one another in a chain. ``largest``: the largest size of one site.

    ``fixed_cost`` once it is carried out somewhere, ``unit_cost`` for each unit of size, both in the money (or the
    kilometres) in which the whole chain is counted. ``conditions`` are sentences to check with the parties.
    """

    code: str
    label: str
    takes: tuple[RecipeLine, ...]
    gives: tuple[RecipeLine, ...]
    roles: tuple[Role, ...]
    choice: str = ""
    largest: float = math.inf
    fixed_cost: float = 0.0
    unit_cost: float = 0.0
    conditions: tuple[str, ...] = ()

    @property
    def role_of(self) -> Mapping[str, Role]:
        """Each role by its code."""
        return {role.code: role for role in self.roles}

    @property
    def place_line(self) -> int | None:
        """Which line taken says where the recipe is carried out; None: at the place of the need."""
        places = {role.code for role in self.roles if role.place}
        return next((at for at, line in enumerate(self.takes) if line.role in places), None)

    @property
    def options(self) -> Mapping[str, tuple[int, ...]]:
        """The lines taken of each option that exclude one another."""
        found: dict[str, tuple[int, ...]] = {}
        for at, line in enumerate(self.takes):
            if line.option:
                found[line.option] = (*found.get(line.option, ()), at)
        return found


def check_recipes(recipes: Iterable[Recipe], types: TypeTable, authorisations: Iterable[str]) -> None:
    """Raise ``InvalidProblem`` naming the recipe's row when a recipe does not hold together."""
    seen: set[str] = set()
    known = set(authorisations)
    for row, recipe in enumerate(recipes):
        if not recipe.code or recipe.code in seen:
            _refuse(row, f"le code « {recipe.code} » est vide ou sert deux fois.")
        seen.add(recipe.code)
        if not recipe.gives:
            _refuse(row, f"« {recipe.code} » ne donne rien.")
        if not recipe.largest > 0 or not (_is_cost(recipe.fixed_cost) and _is_cost(recipe.unit_cost)):
            _refuse(row, f"« {recipe.code} » : taille au-dessus de 0, coûts de 0 ou plus.")
        _check_roles(row, recipe, known)
        for line in (*recipe.takes, *recipe.gives):
            _check_line(row, recipe, line, types)


def _check_roles(row: int, recipe: Recipe, authorisations: set[str]) -> None:
    if len({role.code for role in recipe.roles}) != len(recipe.roles):
        _refuse(row, f"« {recipe.code} » : un rôle est écrit deux fois.")
    if sum(role.place for role in recipe.roles) > 1:
        _refuse(row, f"« {recipe.code} » : un seul rôle dit le lieu.")
    for role in recipe.roles:
        for code in role.requires:
            if code not in authorisations:
                _refuse(row, f"« {recipe.code} » : l’autorisation « {code} » n’est pas dans la liste.")


def _check_line(row: int, recipe: Recipe, line: RecipeLine, types: TypeTable) -> None:
    if line.type not in types.index:
        _refuse(row, f"« {recipe.code} » : le type « {line.type} » n’existe pas.")
    if line in recipe.takes and line.role not in recipe.role_of:
        _refuse(row, f"« {recipe.code} » : le rôle « {line.role} » n’existe pas.")
    if line.quantity is not None and not 0 < line.quantity < math.inf:
        _refuse(row, f"« {recipe.code} » : la quantité de « {line.type} » est un nombre au-dessus de 0.")


def _is_cost(value: float) -> bool:
    return 0 <= value < math.inf


def _refuse(row: int, message: str) -> None:
    raise InvalidProblem("recipes", message, row=row)
