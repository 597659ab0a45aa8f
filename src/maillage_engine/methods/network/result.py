"""What is seen of a network; each number has its definition and its source in ``explain.network.DEFINITIONS``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broker:
    """``share``: of the pairs of other actors, how many pass by this one (betweenness, 0 to 1)."""

    actor: int
    share: float


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Without ``actor``, its component falls into ``pieces``: their sizes, largest first; ``cut_off``: actors that
    leave the largest one."""

    actor: int
    pieces: tuple[int, ...]
    cut_off: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What hangs on the facilitator: ``direct`` neighbours, actors in its component (itself apart), and without it
    how many components there are, who is ``alone`` (rows), the share of actors in the largest component before and
    after."""

    direct: int
    reached: int
    components_without: int
    alone: tuple[int, ...]
    largest_share: float
    largest_share_without: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two actors not linked today who should meet: ``common`` neighbours (rows, facilitator apart), their Adamic–Adar
    ``closeness``, and the codes that one needs and the other offers."""

    one: int
    other: int
    common: tuple[int, ...]
    closeness: float
    complements: tuple[str, ...]

    @property
    def score(self) -> float:
        """Closeness plus one for each complement."""
        return self.closeness + len(self.complements)


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its actors (rows) and its days; ``last_day`` is ``STILL`` while it goes on."""

    project: int
    actors: tuple[int, ...]
    first_day: int
    last_day: int
    days: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """The network on the last day of a quarter (or today): ``year``, ``quarter`` 1 to 4.

    ``actors``: with a link that day; ``links``: pairs linked that day; ``new_links``: pairs linked for the first time
    in the quarter; ``density`` between those actors; ``largest_share``: of those actors, in the largest component.
    """

    year: int
    quarter: int
    actors: int
    links: int
    new_links: int
    ended_links: int
    density: float
    components: int
    largest_share: float


@dataclass(frozen=True, slots=True)
class NetworkResult:
    """The network today.

    ``density``: of all actors ever seen. ``components``: rows of each, largest first, actors without link apart in
    ``isolated``. ``core_numbers``: k of each actor; ``core``: those of the greatest k; ``periphery``: k of 1 or 0.
    """

    status: str
    actors: int
    links: int
    density: float
    components: tuple[tuple[int, ...], ...]
    isolated: tuple[int, ...]
    brokers: tuple[Broker, ...]
    single_points: tuple[SinglePoint, ...]
    core_numbers: tuple[int, ...]
    core: tuple[int, ...]
    periphery: tuple[int, ...]
    quarters: tuple[Quarter, ...]
    lasting_projects: tuple[Project, ...]
    reach: Reach | None
    meetings: tuple[Meeting, ...]
    digest: str
    engine_version: str
