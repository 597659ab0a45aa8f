from typing import Any

import pytest

from maillage_engine import ResourceType, TypeTable
from maillage_engine.errors import InvalidArgument
from maillage_engine.files.study import Study, study_bytes, study_from
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.recipes import Recipe, RecipeLine, Role
from maillage_engine.methods.network import NetworkProblem
from maillage_engine.stop import Cancelled, Stop
from maillage_engine.studies import METHODS, carry_out
from tests.engine.problems import problem
from tests.engine.test_study_record__is_replayed import rounds

ROUNDS = {"days": 2, "every": [1, 2, 2], "allowed": [[0, 1]] * 3, "iterations": 60, "seed": 4}


def bundle() -> Study:
    """A need of 10 kg and two offers of 6 kg."""
    wanted = {"text": "compost", "types": 0, "quantity": 10.0, "dimension": 0}
    offered = [
        {"text": "tas", "types": 0, "quantity": 6.0, "dimension": 0},
        {"text": "bac", "types": 0, "quantity": 6.0, "dimension": 0},
    ]
    found = problem([wanted], offered, types=TypeTable((ResourceType("compost"),)))
    return Study("bundle", found, {"need": 0, "k": 2, "goal": "smallest", "seed": 0}, found.digest())


def test_p6__a_record_carried_out_again_gives_the_same_result_and_a_valid_certificate() -> None:
    study = Study("tour_week", rounds(), ROUNDS, rounds().digest())
    first, again = carry_out(study), carry_out(study_from(study_bytes(study)))
    assert first.result.first_day == again.result.first_day
    assert [day.result for day in first.result.days] == [day.result for day in again.result.days]
    assert again.valid


def test_studies__a_bundle_is_carried_out_with_its_arguments() -> None:
    done = carry_out(bundle())
    assert [len(one.members) for one in done.result.bundles] == [2]
    assert done.objective == done.bound == 2


def one_of(method: str) -> Study:
    """A small study of each method."""
    pair = AllocationProblem.from_arrays(
        need_quantity=[2.0], offer_quantity=[1.0], edge_need=[0], edge_offer=[0]
    )
    links = NetworkProblem.from_links([("a", "b", 1, 9, "")], today=5)
    recipe = Recipe("r", "Recette", (), (RecipeLine("compost", "donne", 1.0),), (Role("donne", "quelqu’un"),))
    problems: dict[str, Any] = {
        "tour_week": (rounds(), ROUNDS),
        "bundle": (bundle().problem, bundle().arguments),
        "allocate": (pair, {"seed": 0, "fairness": None}),
        "chain": (ChainProblem(bundle().problem, (recipe,), (0,)), {"k": 1, "seed": 0}),
        "network": (links, {"k": 1}),
    }
    found, arguments = problems[method]
    return Study(method, found, arguments, found.digest())


@pytest.mark.parametrize("method", sorted(METHODS))
def test_studies__every_method_is_carried_out_from_its_record(method: str) -> None:
    assert carry_out(study_from(study_bytes(one_of(method)))).valid


@pytest.mark.parametrize("method", sorted(METHODS))
def test_studies__every_method_hears_a_request_to_stop(method: str) -> None:
    with pytest.raises(Cancelled):
        carry_out(one_of(method), stop=Stop(cancelled=lambda: True))


def test_studies__an_unknown_method_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="méthode"):
        carry_out(Study("magic", rounds(), {}, ""))
