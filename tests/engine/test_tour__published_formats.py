"""Published instances are read with the rounding of their family."""

from pathlib import Path

import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.errors import InvalidFile
from maillage_engine.files.vrp import read_vrp
from maillage_engine.methods.tour.planning import tour
from maillage_engine.stop import Stop

CVRP = """NAME : petit
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 1 1
3 10 0
4 0 10
DEMAND_SECTION
1 0
2 4
3 5
4 6
DEPOT_SECTION
1
-1
EOF
"""
SOLOMON = """petit

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0        100          0
    1      1         1          4          0         50          2
    2      3         0          5         10         60          2
"""


def _file(folder: Path, text: str, name: str = "petit.vrp") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_v13__cvrp_rounds_to_the_nearest(tmp_path: Path) -> None:
    problem = read_vrp(_file(tmp_path, CVRP))
    assert problem.metres[0].tolist()[0] == [0, 1, 10, 10]
    assert (problem.cost_unit, problem.vehicles[0].number) == (1, 3)
    assert [one.deliver for one in problem.visits] == [(4,), (5,), (6,)]


def test_v13__solomon_keeps_one_decimal_cut(tmp_path: Path) -> None:
    problem = read_vrp(_file(tmp_path, SOLOMON, "petit.txt"))
    assert problem.metres[0].tolist()[0] == [0, 14, 30]
    assert (problem.cost_unit, problem.visits[1].window, problem.visits[0].service) == (10, (100, 600), 20)
    assert problem.vehicles[0].shift == (0, 1000)


def test_v13__a_vrptw_file_reads_as_solomon(tmp_path: Path) -> None:
    more = "TIME_WINDOW_SECTION\n1 0 100\n2 0 50\n3 0 60\n4 0 70\nPRIZE_SECTION\n1 0\n2 3\n3 0\n4 1.5\n"
    text = CVRP.replace("DEPOT_SECTION", more + "DEPOT_SECTION").replace(
        "DIMENSION", "VEHICLES : 2\nDIMENSION"
    )
    problem = read_vrp(_file(tmp_path, text))
    assert (problem.cost_unit, problem.metres[0, 0, 1]) == (10, 14)
    assert [one.prize for one in problem.visits] == [30, None, 15]
    assert problem.vehicles[0].number == 2


def test_v13__the_rounding_can_be_asked(tmp_path: Path) -> None:
    assert read_vrp(_file(tmp_path, CVRP), rounding="exact").metres[0, 0, 1] == 1414
    assert read_vrp(_file(tmp_path, CVRP), rounding="trunc").metres[0, 0, 1] == 1


def test_v13__the_best_of_a_small_one_is_found(tmp_path: Path) -> None:
    problem = read_vrp(_file(tmp_path, CVRP))
    result = tour(problem, stop=Stop(iterations=200))
    assert certify_tour(problem, result).valid
    assert result.cost == 40


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "vide"),
        ("n’importe quoi", "ne suit ni VRPLIB"),
        (CVRP.replace("DIMENSION : 4", "DIMENSION : 5"), "5 lieux annoncés, 4 lus"),
        (CVRP.replace("2 4\n", "2 -4\n"), "négative"),
        (CVRP.replace("CAPACITY : 10", "CAPACITY : 0"), "ne peut rien porter"),
        (CVRP.replace("2 1 1", "2 un 1"), "ne suit ni VRPLIB"),
        (CVRP.replace("TYPE : CVRP", "TYPE : VRPB"), "VRPB"),
    ],
)
def test_v13__a_faulty_file_is_refused_with_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidFile, match=words):
        read_vrp(_file(tmp_path, text))


def test_v13__a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="n’existe pas"):
        read_vrp(tmp_path / "rien.vrp")
