import pytest

from maillage_engine import ResourceType, TypeTable
from maillage_engine.errors import InvalidArgument
from maillage_engine.files.study import Study, study_bytes, study_from
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


@pytest.mark.parametrize("method", sorted(METHODS))
def test_studies__every_method_hears_a_request_to_stop(method: str) -> None:
    studies = {"tour_week": Study("tour_week", rounds(), ROUNDS, ""), "bundle": bundle()}
    with pytest.raises(Cancelled):
        carry_out(studies[method], stop=Stop(cancelled=lambda: True))


def test_studies__an_unknown_method_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="méthode"):
        carry_out(Study("magic", rounds(), {}, ""))
