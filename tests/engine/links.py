"""Networks to try."""

import numpy as np

from maillage_engine.methods.network import STILL, NetworkProblem

TODAY = 20_500


def network_of(*links: tuple[str, str], facilitator: str | None = None, **more: int) -> NetworkProblem:
    """Return a network of links that go on, begun on day 20,000."""
    rows = [(one, other, 20_000, STILL, "") for one, other in links]
    return NetworkProblem.from_links(rows, today=more.get("today", TODAY), facilitator=facilitator)


def drawn(seed: int, *, actors: int = 9, links: int = 12) -> NetworkProblem:
    """Return a small network with links that end, links to come, projects, needs and offers."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(links):
        one, other = random.choice(actors, 2, replace=False)
        first = int(random.integers(19_500, 20_600))
        last = STILL if random.random() < 0.6 else first + int(random.integers(0, 700))
        rows.append((f"a{one}", f"a{other}", first, last, str(random.choice(["", "p", "q"]))))
    names = sorted({name for row in rows for name in row[:2]})
    codes = ("compost", "camion")
    told = [
        {name: frozenset(code for code in codes if random.random() < 0.2) for name in names} for _ in range(2)
    ]
    return NetworkProblem.from_links(
        rows,
        today=TODAY,
        facilitator=names[0] if random.random() < 0.5 else None,
        needs=told[0],
        offers=told[1],
    )
