"""The certificate of a split: adds up, every group looked at, and the least excess proved by weights on the groups."""

from math import factorial

import numpy as np

from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.cooperate.split import SplitResult
from maillage_engine.methods.cooperate.split_game import Game, sum_of
from maillage_engine.reference.split import largest_loss


def certify_split(game: Game, result: SplitResult, *, digest: str = "") -> Proof:
    """Return the proof. Give a fresh ``game``, so that each value is found again and not remembered.

    ``objective`` is the largest loss of a group and ``bound`` the least there can be (0 at least: a split in the core
    is as good as another). Up to 12 parties every group is looked at; above, the one that the game says is worst.
    """
    total = game.value(game.everybody)
    slack = TOLERANCE * max(1.0, abs(total))
    if game.exact:
        loss = largest_loss(game, result.shares)
    else:
        group, value = game.worst(result.shares)
        loss = value - sum_of(result.shares, group)
    proved = _proved_least(game, result, total)
    least = [game.value(game.everybody - {at}) for at in range(len(game))]
    checks = (
        Check("parties", game.parties == result.parties),
        Check("total", abs(total - result.total) <= slack and abs(result.shares.sum() - total) <= slack),
        Check("groups", loss <= result.excess + slack, f"plus grande perte {loss:.6f}"),
        Check("core", result.in_core == (result.excess == 0.0) or result.status != "optimal"),
        Check("least", proved is None or abs(max(0.0, proved) - result.excess) <= slack),
        Check("without", bool(np.allclose(least, result.without, rtol=0, atol=slack))),
        Check("shapley", _shapley_adds_up(game, result, total, slack)),
    )
    objective, bound = max(0.0, loss), None if proved is None else max(0.0, proved)
    return Proof(checks, objective, bound, relative_gap(objective, bound), digest, result.engine_version)


def _proved_least(game: Game, result: SplitResult, total: float) -> float | None:
    """Return the excess that the weights prove, None when they do not weigh alike on each party."""
    if not result.weights:
        return 0.0 if len(game) == 1 else None
    sums = [sum(weight for group, weight in result.weights.items() if at in group) for at in range(len(game))]
    whole = sum(result.weights.values())
    if abs(whole - 1.0) > TOLERANCE or max(sums) - min(sums) > TOLERANCE:
        return None
    return sum(weight * game.value(group) for group, weight in result.weights.items()) - sums[0] * total


def _shapley_adds_up(game: Game, result: SplitResult, total: float, slack: float) -> bool:
    """Shapley's shares add up to the gain, and so do those of each pair of parties: v(N) − v(N∖i) bounds nothing, but
    balanced contributions hold: what i gains from j is what j gains from i."""
    if result.shapley is None:
        return not game.exact
    if abs(float(result.shapley.sum()) - total) > slack:
        return False
    count = len(game)
    if count < 2:
        return True
    shares = {at: _shapley_without(game, at) for at in range(count)}
    return all(
        abs((result.shapley[i] - shares[j][i]) - (result.shapley[j] - shares[i][j])) <= 10 * slack
        for i in range(count)
        for j in range(i)
    )


def _shapley_without(game: Game, gone: int) -> dict[int, float]:
    """Return the Shapley value of the game where one party is gone, group by group."""
    left = [at for at in range(len(game)) if at != gone]
    shares = dict.fromkeys(left, 0.0)
    size = len(left)
    for code in range(2**size):
        group = frozenset(left[at] for at in range(size) if code >> at & 1)
        for party in left:
            if party not in group:
                weight = factorial(len(group)) * factorial(size - len(group) - 1) / factorial(size)
                shares[party] += weight * (game.value(group | {party}) - game.value(group))
    return shares
