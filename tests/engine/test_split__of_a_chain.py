import pytest

from maillage_engine.certify.split import certify_split
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_gain import chain_game
from maillage_engine.methods.cooperate.split import share_gain
from tests.engine.chains import offer, territory

OFFERS = [
    offer("epluchures", 20.0, 10),
    offer("epluchures", 20.0, 11),
    offer("collecte", 50.0, 5, holds=2),
    offer("site", None, 2),
]


def test_a18__a_group_gains_what_it_would_do_without_the_others() -> None:
    made = territory(OFFERS)
    chain = find_chains(made, k=1).chains[0]
    game, parties = chain_game(made, chain, worth=100.0)
    result = share_gain(game)
    assert result.total == pytest.approx(100.0 - chain.cost)
    assert len(parties) == 4
    assert result.without.tolist() == [0.0] * 4
    assert result.in_core
    assert certify_split(chain_game(made, chain, worth=100.0)[0], result).valid


def test_a18__the_group_found_by_one_program_is_the_worst_of_all_groups() -> None:
    made = territory(OFFERS)
    chain = find_chains(made, k=1).chains[0]
    game, _ = chain_game(made, chain, worth=100.0)
    assert game.worst_of is not None
    for shares in ([20.0, 20.0, 20.0, 20.0], [0.0, 0.0, 0.0, 0.0], [-5.0, 1.0, 80.0, 2.0]):
        loss = max(
            game.value(one) - sum(shares[at] for at in one) for one in [*game.groups(), game.everybody]
        )
        group, value = game.worst_of(shares)  # type: ignore[arg-type]  # a list is as good here
        assert value - sum(shares[at] for at in group) == pytest.approx(loss, abs=1e-6)


def test_split__nothing_to_share_is_said() -> None:
    made = territory(OFFERS)
    with pytest.raises(InvalidArgument, match="rien à partager"):
        chain_game(made, find_chains(made, k=1).chains[0], worth=1.0)
