"""The published problems give the published answers."""

import pytest

from maillage_engine.methods.cooperate.maximal_structure import maximal_structure
from maillage_engine.methods.cooperate.solution_structures import solution_structures
from maillage_engine.methods.cooperate.synthesis import Synthesis, synthesise
from tests.engine.networks import network, seven_units, unit


def names(result: Synthesis) -> list[str]:
    """The units of each structure, by their numbers."""
    return ["".join(str(row + 1) for row in one.units) for one in result.structures]


def test_a1__seven_units_have_nineteen_structures_of_which_five_hold_their_bounds() -> None:
    """The five costs are published; an idle unit makes another structure and pays its fixed cost."""
    problem = seven_units()
    result = synthesise(problem, k=20)
    assert len(list(solution_structures(problem))) == 19
    assert [round(one.cost, 6) for one in result.structures] == [1232.75, 1312.75, 1315.0, 1999.0, 2129.0]
    assert names(result) == ["123567", "1234567", "12346", "1246", "124567"]


def test_a1__two_reactors_that_exclude_each_other() -> None:
    """28,666.67 then 81,000; the least flow of a raw material holds only where it is used."""
    problem = network(
        unit("O1", "2 M2 => 3 M1", fixed_cost=2000.0, proportional_cost=400.0),
        unit("O2", "4 M3 => 1 M1", fixed_cost=1000.0, proportional_cost=400.0),
        exclusive=(("O1", "O2"),),
        M1=("product", {"lower": 100.0}),
        M2=("raw", {"price": 200.0, "lower": 1.0}),
        M3=("raw", {"price": 100.0, "lower": 2.0}),
    )
    result = synthesise(problem, k=5)
    assert [one.cost for one in result.structures] == pytest.approx([28666.0 + 2 / 3, 81000.0])
    assert result.structures[0].sizes.tolist() == pytest.approx([100 / 3])
    assert (result.status, result.others_bound) == ("optimal", float("inf"))


def test_a1__exclusions_of_the_seven_units() -> None:
    """O6 and O7 apart leave the two chains without O7."""
    result = synthesise(seven_units(exclusive=(("O6", "O7"), ("O5", "O6", "O7"))), k=20)
    assert names(result) == ["12346", "1246"]


def test_a2__the_maximal_structure_leaves_out_what_cannot_serve() -> None:
    """Without a maker, towards nothing, or giving a raw material: none can serve."""
    problem = network(
        unit("good", "R => P"),
        unit("starved", "X => P"),
        unit("astray", "R => Y"),
        unit("makes raw", "R => P + S"),
        R=("raw", {}),
        S=("raw", {}),
        P=("product", {"lower": 1.0}),
    )
    assert maximal_structure(problem).units == (0,)
