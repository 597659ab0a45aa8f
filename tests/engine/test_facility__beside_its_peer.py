from benchmarks.facility import highs, invented, judged

from maillage_engine.methods.facility import open_sites


def test_facility__highs_given_everything_finds_the_same_cost() -> None:
    problem = invented(5, 10, seed=1)
    peer, result = highs(problem, 30.0), open_sites(problem)
    assert peer.proved
    assert judged("inventé", result, None, peer) == "prouvé"
