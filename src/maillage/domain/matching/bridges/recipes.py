"""The catalogue’s recipes as the engine takes them: base units, over twelve months. The command line uses them too."""

from collections.abc import Iterable
from decimal import Decimal

from maillage.core.periods import over_twelve_months
from maillage.core.quantities import units
from maillage.domain.catalogue.recipes import RecipeFlow, RecipeRow
from maillage_engine.methods.cooperate.recipes import Recipe, RecipeLine, Role


def engine_recipes(rows: Iterable[RecipeRow], *, authorisations_said: bool = True) -> tuple[Recipe, ...]:
    """Return the recipes for the engine.

    ``authorisations_said`` False: the file of offers says nothing of authorisations, so that no role demands any; they
    are then to be checked by hand (``demanded_of``).
    """
    return tuple(_recipe(row, authorisations_said=authorisations_said) for row in rows)


def demanded_of(row: RecipeRow) -> dict[str, tuple[str, ...]]:
    """Return the authorisations that each role of a recipe demands, by the role's label."""
    return {role.label: role.requires for role in row.roles if role.requires}


def _recipe(row: RecipeRow, *, authorisations_said: bool) -> Recipe:
    return Recipe(
        code=row.code,
        label=row.label,
        takes=tuple(_line(flow) for flow in row.takes),
        gives=tuple(_line(flow) for flow in row.gives),
        roles=tuple(
            Role(role.code, role.label, role.requires if authorisations_said else (), role.place)
            for role in row.roles
        ),
        choice=row.choice,
        largest=float("inf") if row.largest is None else row.largest,
        conditions=row.conditions,
    )


def _line(flow: RecipeFlow) -> RecipeLine:
    quantity = None
    if flow.quantity is not None:
        base = Decimal(str(flow.quantity)) * units()[flow.unit].factor
        quantity = float(over_twelve_months(base, flow.period))
    return RecipeLine(
        type=flow.type_code,
        role=flow.role,
        quantity=quantity,
        once=flow.once,
        sure=flow.sure,
        note=flow.source or flow.to_specify,
        option=flow.option,
    )
