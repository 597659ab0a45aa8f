"""Who is linked to whom, since when, until when, in which project; frozen, validated at birth."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import INT32_MAX, INT32_MIN, Int32s, frozen
from maillage_engine.errors import InvalidProblem

STILL = INT32_MAX
"""The last day of a link that nobody has ended."""


@dataclass(frozen=True, eq=False)
class NetworkProblem:
    """m dated links between n actors.

    ``actors``: n names. ``one``, ``other``: int32 (m,), the two actors of each link, never the same; order does not
    matter and a pair may be linked several times. ``first_day``, ``last_day``: int32 (m,), days since 1970-01-01,
    both included, ``STILL`` when it goes on. ``project``: int32 (m,), row of ``projects``, -1 none.
    ``today``: the day at which the network is seen; a link begun later is not seen at all. ``facilitator``: the row of
    the pole's own facilitator, None when not told. ``needs``, ``offers``: codes of each actor (empty: nothing told).
    Raises ``InvalidProblem`` naming the attribute and the row.
    """

    actors: tuple[str, ...]
    one: Int32s
    other: Int32s
    first_day: Int32s
    last_day: Int32s
    project: Int32s
    projects: tuple[str, ...]
    today: int
    facilitator: int | None = None
    needs: tuple[frozenset[str], ...] = ()
    offers: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        for name in ("one", "other", "first_day", "last_day", "project"):
            object.__setattr__(self, name, _days(getattr(self, name), name))
        for name in ("needs", "offers"):
            said = tuple(frozenset(one) for one in getattr(self, name))
            object.__setattr__(self, name, said or (frozenset(),) * len(self.actors))
        _check(self)

    @classmethod
    def from_links(
        cls,
        links: Sequence[tuple[str, str, int, int, str]],
        *,
        today: int,
        facilitator: str | None = None,
        needs: dict[str, frozenset[str]] | None = None,
        offers: dict[str, frozenset[str]] | None = None,
    ) -> "NetworkProblem":
        """Return the problem of (actor, actor, first day, last day, project or empty); actors and projects are sorted.

        Raises ``InvalidProblem`` when ``facilitator`` is in no link.
        """
        actors = tuple(sorted({name for link in links for name in link[:2]}))
        projects = tuple(sorted({link[4] for link in links if link[4]}))
        rank = {name: at for at, name in enumerate(actors)}
        of_project = {name: at for at, name in enumerate(projects)}
        if facilitator is not None and facilitator not in rank:
            raise InvalidProblem("facilitator", f"« {facilitator} » n’est dans aucun lien.")
        return cls(
            actors=actors,
            one=np.array([rank[link[0]] for link in links], dtype=np.int32),
            other=np.array([rank[link[1]] for link in links], dtype=np.int32),
            first_day=np.array([link[2] for link in links], dtype=np.int32),
            last_day=np.array([link[3] for link in links], dtype=np.int32),
            project=np.array([of_project.get(link[4], -1) for link in links], dtype=np.int32),
            projects=projects,
            today=today,
            facilitator=None if facilitator is None else rank[facilitator],
            needs=tuple((needs or {}).get(name, frozenset()) for name in actors),
            offers=tuple((offers or {}).get(name, frozenset()) for name in actors),
        )

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        plain = [self.actors, self.projects, self.today, self.facilitator]
        told = [[sorted(one) for one in side] for side in (self.needs, self.offers)]
        hasher = hashlib.sha256(json.dumps([plain, told], separators=(",", ":")).encode())
        for array in (self.one, self.other, self.first_day, self.last_day, self.project):
            hasher.update(array.astype("<i4").tobytes())
        return hasher.hexdigest()


def _days(given: Int32s, name: str) -> Int32s:
    array = np.asarray(given)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise InvalidProblem(name, "il faut un nombre entier par lien.")
    outside = (array < INT32_MIN) | (array > INT32_MAX)
    if outside.any():
        raise InvalidProblem(name, "ce nombre est trop grand.", row=int(np.flatnonzero(outside)[0]))
    result: Int32s = frozen(array.astype(np.int32))
    return result


def _check(problem: NetworkProblem) -> None:
    count, actors = len(problem.one), len(problem.actors)
    if not count:
        raise InvalidProblem("links", "il n’y a aucun lien à regarder.")
    if len(set(problem.actors)) != actors:
        raise InvalidProblem("actors", "un acteur est nommé deux fois.")
    for name in ("other", "first_day", "last_day", "project"):
        if len(getattr(problem, name)) != count:
            raise InvalidProblem(name, f"il en faut {count}, un par lien.")
    for name in ("needs", "offers"):
        if len(getattr(problem, name)) != actors:
            raise InvalidProblem(name, f"il en faut {actors}, un ensemble par acteur.")
    for name, faulty, words in (
        ("one", (problem.one < 0) | (problem.one >= actors), "cet acteur n’existe pas."),
        ("other", (problem.other < 0) | (problem.other >= actors), "cet acteur n’existe pas."),
        ("other", problem.one == problem.other, "un acteur ne se lie pas à lui-même."),
        ("last_day", problem.last_day < problem.first_day, "le lien finit avant de commencer."),
        ("project", (problem.project < -1) | (problem.project >= len(problem.projects)), "projet inconnu."),
    ):
        if faulty.any():
            raise InvalidProblem(name, words, row=int(np.flatnonzero(faulty)[0]))
    if problem.facilitator is not None and not 0 <= problem.facilitator < actors:
        raise InvalidProblem("facilitator", "cet acteur n’existe pas.")
