import gzip
import json

import numpy as np
import pytest
from benchmarks.synthetic import problem as synthetic

from maillage_engine.errors import InvalidFile
from maillage_engine.files.study import Study, study_bytes, study_from
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import TourProblem, Vehicle, Visit
from maillage_engine.stop import Stop


def rounds() -> TourProblem:
    """Three stops and one van."""
    metres = np.array([[[0, 5, 9, 7], [5, 0, 4, 6], [9, 4, 0, 3], [7, 6, 3, 0]]])
    visits = tuple(Visit(f"v{at}", at, collect=(10,)) for at in (1, 2, 3))
    return TourProblem(visits, (Vehicle("camion", (40,)),), metres, metres)


def record(method: str = "tour") -> bytes:
    problem = rounds()
    return study_bytes(Study(method, problem, {"seed": 3}, problem.digest()))


def test_p5__a_study_read_back_gives_the_same_result() -> None:
    back = study_from(record())
    again = tour(back.problem, stop=Stop(iterations=50), seed=back.arguments["seed"])
    assert again == tour(rounds(), stop=Stop(iterations=50), seed=3)


def test_p5__the_same_study_gives_the_same_bytes() -> None:
    assert record() == record()


def test_study_record__keeps_every_array_of_a_large_problem() -> None:
    problem = synthetic(30, unknown=0.2)
    back = study_from(study_bytes(Study("search", problem, {}, problem.digest())))
    assert back.problem.digest() == problem.digest()


def test_study_record__a_changed_problem_is_refused() -> None:
    told = json.loads(gzip.decompress(record()))
    told["problem"]["fields"]["cost_unit"] = 7
    with pytest.raises(InvalidFile, match="empreinte"):
        study_from(gzip.compress(json.dumps(told).encode()))


@pytest.mark.parametrize(
    "kind",
    ["os:system", "subprocess:Popen", "maillage_engine.files.study:import_module", "maillage_engine:nothing"],
)
def test_study_record__builds_nothing_but_problems_of_the_engine(kind: str) -> None:
    told = json.loads(gzip.decompress(record()))
    told["problem"]["="] = kind
    with pytest.raises(InvalidFile):
        study_from(gzip.compress(json.dumps(told).encode()))


@pytest.mark.parametrize(
    "content", [b"", b"PK", gzip.compress(b"[]", mtime=0), gzip.compress(b"{", mtime=0), record()[:-9]]
)
def test_study_record__other_files_are_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidFile):
        study_from(content)
