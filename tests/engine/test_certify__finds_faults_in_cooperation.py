from dataclasses import replace

import numpy as np
import pytest

from maillage_engine.certify.bundle import certify_bundles
from maillage_engine.certify.chain import certify_chains
from maillage_engine.certify.split import certify_split
from maillage_engine.methods.cooperate.bundles import BundleResult, find_bundles
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_result import Chain
from maillage_engine.methods.cooperate.split import share_gain
from maillage_engine.methods.cooperate.split_game import Game
from tests.engine.chains import offer, territory
from tests.engine.problems import ONE_TYPE, problem

ROW = {"types": 0, "dimension": 0, "latitude": 47.0, "longitude": 2.0}
BUNDLES = problem(
    [{**ROW, "quantity": 12.0}],
    [{**ROW, "quantity": 8.0, "latitude": 47.1}, {**ROW, "quantity": 9.0, "latitude": 47.2}],
    types=ONE_TYPE,
)
CHAINS = territory(
    [
        offer("epluchures", 12.0, 3),
        offer("collecte", 20.0, 4, holds=2),
        offer("site", None, 2),
        offer("site", None, 9),
    ]
)


def member_changed(result: BundleResult, **change: object) -> BundleResult:
    bundle = result.bundles[0]
    members = (replace(bundle.members[0], **change), *bundle.members[1:])  # type: ignore[arg-type]  # any field
    return replace(result, bundles=(replace(bundle, members=members),))


def test_a20__a_bundle_that_was_changed_is_refused() -> None:
    result = find_bundles(BUNDLES, need=0)
    assert certify_bundles(BUNDLES, result).valid
    lacking = replace(result.bundles[0], members=result.bundles[0].members[:1])
    for wrong in (
        member_changed(result, months=(9.0,) * 12),
        member_changed(result, offer=1),
        replace(result, bundles=(lacking,)),
        replace(result, bundles=(replace(result.bundles[0], cost=1.0),)),
        replace(result, bundles=result.bundles * 2),
        replace(result, digest="autre"),
        replace(result, bound=9.0),
    ):
        assert not certify_bundles(BUNDLES, wrong).valid


def changes(chain: Chain) -> list[Chain]:
    flow, run = chain.flows[0], chain.runs[0]
    return [
        replace(chain, cost=chain.cost - 1),
        replace(chain, flows=chain.flows[1:]),
        replace(chain, flows=(replace(flow, amount=flow.amount / 2), *chain.flows[1:])),
        replace(chain, flows=(replace(flow, distance_m=0), *chain.flows[1:])),
        replace(chain, flows=(replace(flow, offer=1), *chain.flows[1:])),
        replace(chain, runs=(replace(run, size=run.size * 2),)),
        replace(chain, runs=(replace(run, size=0.0),)),
        replace(chain, runs=(replace(run, place=0),)),
    ]


@pytest.mark.parametrize("at", range(8))
def test_a20__a_chain_that_was_changed_is_refused(at: int) -> None:
    result = find_chains(CHAINS, k=2)
    assert certify_chains(CHAINS, result).valid
    wrong = changes(result.chains[0])[at]
    assert not certify_chains(CHAINS, replace(result, chains=(wrong, *result.chains[1:]))).valid


def test_a20__chains_out_of_order_or_told_twice_are_refused() -> None:
    result = find_chains(CHAINS, k=2)
    for chains in (result.chains[::-1], (result.chains[0],) * 2):
        assert not certify_chains(CHAINS, replace(result, chains=chains)).valid


def test_a20__a_split_that_was_changed_is_refused() -> None:
    game = Game(("a", "b", "c"), lambda group: {1: 0.0, 2: 6.0, 3: 12.0}[len(group)])
    result = share_gain(game)
    assert certify_split(game, result).valid
    np.testing.assert_allclose(result.shares, [4.0, 4.0, 4.0], atol=1e-6)
    for wrong in (
        replace(result, shares=np.array([8.0, 4.0, 0.0])),
        replace(result, shares=np.array([5.0, 5.0, 5.0])),
        replace(result, excess=3.0),
        replace(result, shapley=np.array([5.0, 4.0, 3.0])),
        replace(result, without=np.zeros(3)),
    ):
        assert not certify_split(game, wrong).valid
