"""What is seen of a network, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage_engine.certify.network import certify_network
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.explain.network import DEFINITIONS, meeting_fr, summary_fr
from maillage_engine.methods.network import STILL, NetworkProblem, NetworkResult, network
from maillage_engine.stop import Cancelled, Stop
from tests.engine.links import TODAY, network_of

STAR = (("pole", "a"), ("pole", "b"), ("pole", "c"), ("a", "b"), ("c", "d"))


@pytest.mark.parametrize(
    ("attribute", "change"),
    [
        ("other", {"other": np.array([0, 0])}),
        ("one", {"one": np.array([0, 9])}),
        ("last_day", {"last_day": np.array([STILL, 19_000])}),
        ("project", {"project": np.array([-1, 3])}),
        ("first_day", {"first_day": np.array([20_000.0, np.nan])}),
        ("first_day", {"first_day": np.array([20_000])}),
        ("facilitator", {"facilitator": 12}),
        ("needs", {"needs": (frozenset(),)}),
    ],
)
def test_n1__a_faulty_network_is_refused(attribute: str, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidProblem) as refused:
        replace(network_of(("a", "b"), ("b", "c")), **change)
    assert refused.value.attribute == attribute


def test_n1__no_link_at_all_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="aucun lien"):
        NetworkProblem.from_links([], today=TODAY)
    with pytest.raises(InvalidArgument):
        network(network_of(("a", "b")), k=0)


def _lies(result: NetworkResult) -> dict[str, NetworkResult]:
    broker, point, meeting = result.brokers[0], result.single_points[0], result.meetings[0]
    return {
        "links": replace(result, links=result.links + 1),
        "components": replace(result, components=result.components[1:]),
        "single_points": replace(result, single_points=(replace(point, pieces=(1, 1)),)),
        "core": replace(result, core=(*result.core, 2)),
        "brokers": replace(result, brokers=(replace(broker, share=4.0),)),
        "quarters": replace(result, quarters=result.quarters[:-1] * 2),
        "meetings": replace(result, meetings=(replace(meeting, common=()),)),
        "digest": replace(result, digest="autre"),
    }


@pytest.mark.parametrize("name", list(_lies(network(network_of(*STAR)))))
def test_n3__every_lie_is_found(name: str) -> None:
    problem = network_of(*STAR)
    proof = certify_network(problem, _lies(network(problem))[name])
    assert name in {one.name for one in proof.faults}


def test_n4__a_link_is_seen_between_its_days_only() -> None:
    links = [("a", "b", 10, 20, ""), ("b", "c", 15, STILL, ""), ("c", "d", 30, STILL, "")]
    seen = [network(NetworkProblem.from_links(links, today=day)).links for day in (9, 10, 15, 20, 21, 30)]
    assert seen == [0, 1, 2, 2, 1, 2]


def test_n5__what_hangs_on_the_facilitator_is_told() -> None:
    result = network(network_of(*STAR, ("pole", "e"), facilitator="pole"))
    reach = result.reach
    assert reach is not None
    assert (reach.direct, reach.reached, reach.components_without) == (4, 5, 3)
    assert [network_of(*STAR, ("pole", "e")).actors[row] for row in reach.alone] == ["e"]


def test_n5__nobody_is_told_to_meet_the_facilitator_nor_through_it() -> None:
    problem = network_of(*STAR, facilitator="pole")
    names = [{problem.actors[row] for row in (one.one, one.other)} for one in network(problem).meetings]
    assert names == []
    assert network(network_of(*STAR)).meetings


def test_n5__without_a_facilitator_nothing_is_said_of_it() -> None:
    assert network(network_of(*STAR)).reach is None


def test_n6__each_measure_has_its_definition_and_its_source() -> None:
    measured = {"density", "components", "brokers", "single_points", "core", "quarters", "meetings", "reach"}
    assert measured <= set(DEFINITIONS)
    assert all(one.definition.endswith(".") and one.source.endswith(".") for one in DEFINITIONS.values())


def test_n7__a_pair_is_new_once() -> None:
    links = [("a", "b", 100, 150, ""), ("a", "b", 300, STILL, ""), ("b", "c", 200, STILL, "")]
    quarters = network(NetworkProblem.from_links(links, today=400)).quarters
    assert [one.new_links for one in quarters] == [0, 1, 1, 0, 0][-len(quarters) :]
    assert sum(one.new_links for one in quarters) == 2


def test_n7__a_quarter_without_link_is_there() -> None:
    links = [("a", "b", 0, 10, ""), ("a", "b", 300, STILL, "")]
    quarters = network(NetworkProblem.from_links(links, today=400)).quarters
    assert [(one.links, one.actors) for one in quarters] == [(0, 0), (0, 0), (0, 0), (1, 2), (1, 2)]


def test_n8__a_hundred_thousand_times_the_same_link_is_one() -> None:
    count = 100_000
    problem = replace(
        network_of(("a", "b")),
        one=np.zeros(count, dtype=np.int32),
        other=np.ones(count, dtype=np.int32),
        first_day=np.full(count, 20_000, dtype=np.int32),
        last_day=np.full(count, STILL, dtype=np.int32),
        project=np.full(count, -1, dtype=np.int32),
    )
    assert network(problem).links == 1


def test_n9__a_project_of_three_that_lasts_is_told() -> None:
    links = [
        ("a", "b", 20_000, STILL, "compost"),
        ("b", "c", 20_100, STILL, "compost"),
        ("a", "c", 20_490, STILL, "court"),
        ("b", "c", 20_490, STILL, "court"),
        ("a", "b", 19_000, STILL, "à deux"),
    ]
    problem = NetworkProblem.from_links(links, today=TODAY)
    lasting = network(problem).lasting_projects
    assert [problem.projects[one.project] for one in lasting] == ["compost"]
    assert (lasting[0].days, len(lasting[0].actors)) == (501, 3)


def test_n10__complementary_actors_should_meet() -> None:
    links = [("a", "b", 0, STILL, ""), ("c", "d", 0, STILL, "")]
    told = {"a": frozenset({"compost"})}
    problem = NetworkProblem.from_links(links, today=100, needs=told, offers={"d": frozenset({"compost"})})
    meeting = network(problem).meetings[0]
    assert (problem.actors[meeting.one], problem.actors[meeting.other]) == ("a", "d")
    assert "compost" in meeting_fr(problem, meeting)


def test_n4__the_summary_is_in_sentences() -> None:
    problem = network_of(*STAR, facilitator="pole")
    assert all(line.endswith(".") for line in summary_fr(problem, network(problem)))


def test_n1__a_cancelled_look_returns_nothing() -> None:
    with pytest.raises(Cancelled):
        network(network_of(*STAR), stop=Stop(cancelled=lambda: True))
