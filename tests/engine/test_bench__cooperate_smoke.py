from benchmarks.cooperate import bundle_problem, chains_of

from maillage_engine.certify.bundle import certify_bundles
from maillage_engine.certify.chain import certify_chains
from maillage_engine.methods.cooperate.bundles import find_bundles


def test_bench_cooperate__a_small_territory_is_certified() -> None:
    chain_problem, result, _ = chains_of(20, 1, k=2, seed=0)
    assert result.status == "optimal"
    assert certify_chains(chain_problem, result).valid


def test_bench_cooperate__a_small_need_is_covered() -> None:
    problem = bundle_problem(15, seed=0)
    result = find_bundles(problem, need=0, k=2, goal="cheapest")
    assert len(result.bundles) == 2
    assert certify_bundles(problem, result).valid
