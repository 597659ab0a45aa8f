"""How much each criterion counts.

| criterion | weight | why |
|---|---|---|
| meaning | 300 | inside one type, the words say which offer is really the one |
| type | 250 | the catalogue is knowledge that people checked |
| distance | 200 | cooperation holds when people can meet and goods travel little |
| quantity | 120 | half an answer is an answer, a whole one is better; often unknown |
| calendar | 80 | what does not fit at all is refused by a rule; the rest can be talked over |
| freshness | 50 | an old line is worth a telephone call, not a refusal |
"""

from dataclasses import astuple, dataclass

from maillage_engine.errors import InvalidArgument

TOTAL = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole weights, 0 or more, whose sum is 1000; fields in the order of ``CRITERIA``."""

    meaning: int = 300
    type: int = 250
    distance: int = 200
    calendar: int = 80
    quantity: int = 120
    freshness: int = 50

    def __post_init__(self) -> None:
        values = astuple(self)
        if any(value < 0 for value in values) or sum(values) != TOTAL:
            raise InvalidArgument(
                "weights",
                f"il faut des poids de 0 ou plus dont la somme fait {TOTAL} ; elle fait {sum(values)}.",
            )

    def in_order(self) -> tuple[int, ...]:
        """The weights in the order of ``CRITERIA``."""
        return astuple(self)


DEFAULT_WEIGHTS = Weights()
