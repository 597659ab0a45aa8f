"""What a rule is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem

Number = int | float | str
Numbers = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Rule:
    """``code`` names the refusal; ``refuses`` says it of many pairs at once.

    ``account`` gives, for one refused pair, the numbers of the refusal and what would let it pass: empty when
    nothing that somebody could change would.
    """

    code: str
    refuses: Callable[[Pairs], Bools]
    account: Callable[[Problem, int, int], tuple[Numbers, Numbers]]
