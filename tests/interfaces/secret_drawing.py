"""What a world of secrets is drawn from: needs and offers, and what is tied to them."""

from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from maillage.domain.exchanges.enums import IntentKind, IntentState, Visibility
from tests.interfaces.secret_words import MARKS

AUTHORS = (
    "alone",
    "listed",
    "told",
)  # known for this alone; a member that is read; the one that is told of others
STEPS = ("", "detected", "proposed", "refused", "talks")
LARGEST_SEED = 10_000


@dataclass(frozen=True)
class Said:
    """One need or offer: who said it, to whom it shows, what it says, what has become of it.

    ``step`` is where its synergy with a member stands, if there is one.
    """

    kind: str = IntentKind.NEED.value
    visibility: str = Visibility.ANONYMOUS.value
    state: str = IntentState.OPEN.value
    author: str = AUTHORS[0]
    mark: str = MARKS[0]
    has_quantity: bool = True
    has_price: bool = True
    has_site: bool = False
    is_disclosed: bool = False
    step: str = STEPS[0]
    has_agreement: bool = False
    has_project: bool = False


@dataclass(frozen=True)
class Drawn:
    """A world: what is said in it, and how the need that everything else is about shows."""

    said: tuple[Said, ...] = ()
    main: str = Visibility.ANONYMOUS.value
    seed: int = 0


HIDDEN_FIRST = (Visibility.ANONYMOUS, Visibility.FACILITATORS, Visibility.MEMBERS, Visibility.PUBLIC)
_shows = st.sampled_from([one.value for one in HIDDEN_FIRST])

saids = st.builds(
    Said,
    kind=st.sampled_from(IntentKind.values),
    visibility=_shows,
    state=st.sampled_from([IntentState.OPEN.value, IntentState.COVERED.value, IntentState.WITHDRAWN.value]),
    author=st.sampled_from(AUTHORS),
    mark=st.sampled_from(MARKS),
    has_quantity=st.booleans(),
    has_price=st.booleans(),
    has_site=st.booleans(),
    is_disclosed=st.booleans(),
    step=st.sampled_from(STEPS),
    has_agreement=st.booleans(),
    has_project=st.booleans(),
)

worlds = st.builds(
    Drawn,
    said=st.lists(saids, min_size=1, max_size=4).map(tuple),
    main=_shows,
    seed=st.integers(0, LARGEST_SEED),
)


_ENDED = {3: IntentState.COVERED, 5: IntentState.WITHDRAWN, 8: IntentState.COVERED, 10: IntentState.WITHDRAWN}


def whole_world() -> Drawn:
    """Return the world that holds some of everything: each visibility by each author, each step, each mark."""
    said = []
    for turn, (visibility, author) in enumerate(product(HIDDEN_FIRST, AUTHORS)):
        said.append(
            Said(
                kind=IntentKind.values[turn % 2],
                visibility=visibility.value,
                state=_ENDED.get(turn, IntentState.OPEN).value,
                author=author,
                mark=MARKS[turn % len(MARKS)],
                has_quantity=turn % 5 != 4,
                has_price=turn % 4 != 3,
                has_site=author == "alone",
                is_disclosed=visibility == Visibility.ANONYMOUS and author == "alone",
                step=STEPS[turn % len(STEPS)],
                has_agreement=turn % 2 == 0,
                has_project=turn % 3 == 0,
            )
        )
    return Drawn(said=tuple(said), seed=20_261_124)
