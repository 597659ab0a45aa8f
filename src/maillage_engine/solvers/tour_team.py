"""Several searches of rounds at once, each in a process of its own.

Small problems: the first search is that of PyVRP called directly, and nothing stops it before the end, so that nothing
is lost to it; beside it, the others search the whole with their settings and their seeds, and now and then the
best plan is made of all the rounds met (``tour_pool``), from which they go on.

Large ones, when time allows: after a first while, the best plan is cut in as many parts as processes, along a direction
that turns; each part is searched from where it stands, and the parts are put together again. Decomposition by routes
after Taillard and Voss (POPMUSIC, 2002) and Santini, Schneider, Vidal and Vigo (« Decomposition strategies for vehicle
routing heuristics », INFORMS Journal on Computing, 2023).
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.solvers.pyvrp_door import Found, Order, Posts, search
from maillage_engine.solvers.tour_parts import Part, cut, joined
from maillage_engine.solvers.tour_pool import recombined
from maillage_engine.stop import Stop, Watch

WORTH_A_PROCESS = 1.5
"""Seconds under which a second process is not worth its start."""
LARGE = 350
"""Visits from which a plan is cut in parts."""
WORTH_CUTTING = 15.0
"""Seconds under which a large plan is not cut."""
PART = 250
"""About how many visits a part has."""
FIRST_WHILE = 0.25
TURNS = 4
WORTH_MEETING = 4.0
"""Seconds under which rounds met are not put together."""
MEETINGS, FEW_MEETINGS, LONG = 5, 2, 20.0
"""How often rounds are put together; a few times under ``LONG`` seconds."""
FIRST_SEARCH, MEETING_SHARE = 0.8, 0.08
"""Share of the time before the first meeting; share of what is left that a meeting may take."""
EARLIER = 0.01
"""Share of the time by which the first search tells its best plan before the others meet."""
LAST_WORDS = 0.05
"""Seconds that are left for the others to say what they found when every search is over."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one process searches; ``rank`` chooses its settings.

    ``team``: searches that it leads itself, 0 when it is one alone; ``beside``: the file where a search that goes on
    beside tells its best plan.
    """

    problem: TourProblem
    seed: int
    rank: int
    give_up: float | None = None
    start: tuple[Order, ...] | None = None
    keep: bool = False
    team: int = 0
    beside: str = ""


def solve(
    problem: TourProblem, stop: Stop, *, seed: int, workers: int = 1, give_up: float | None = None
) -> Found:
    """Return the best orders found before ``stop``; see ``pyvrp_door.search`` for what is not looked at.

    With ``workers`` above 1 and a limit in seconds, that many searches run at once. Raises ``Cancelled``.
    """
    watch = stop.watch()
    seconds = watch.left()
    if seconds is None or seconds < WORTH_MEETING or any(one.reload_at for one in problem.vehicles):
        return _best(_together([Task(problem, seed, rank, give_up) for rank in range(workers)], watch))
    if workers > 1 and _worth_cutting(problem, watch):
        return _by_parts(problem, watch, seed, workers, give_up)
    if workers == 1:
        return _by_meetings(Task(problem, seed, 0, give_up, team=1), watch)
    return _beside_the_first(problem, watch, seed, workers, give_up)


def carry_out(task: Task, watch: Watch) -> Found:
    """Do what a task says, in this process."""
    if task.team:
        return _by_meetings(task, watch)
    return search(
        task.problem,
        watch,
        seed=task.seed,
        rank=task.rank,
        give_up=task.give_up,
        start=task.start,
        keep=task.keep,
    )


def _by_parts(problem: TourProblem, watch: Watch, seed: int, workers: int, give_up: float | None) -> Found:
    tasks = [Task(problem, seed, rank, give_up, keep=True) for rank in range(workers)]
    answers = _together(tasks, _during(watch, (watch.left() or 0.0) * FIRST_WHILE))
    pools: list[Mapping[Order, int]] = [one.pool for one in answers]
    found = _meeting(problem, _best(answers), pools, watch)
    for turn in range(TURNS):
        left = watch.left() or 0.0
        if found.orders is None or left < WORTH_A_PROCESS:
            break
        found = _improved(
            problem, found, _during(watch, left / (TURNS - turn)), seed + 1 + turn, turn, workers
        )
    return found


def _meeting(problem: TourProblem, found: Found, pools: Sequence[Mapping[Order, int]], watch: Watch) -> Found:
    """Return the best plan of the rounds met, looked for during a share of what is left."""
    limit = max((watch.left() or 0.0) * MEETING_SHARE, 0.05)
    return recombined(problem, found, pools, replace(watch.stop, seconds=limit, iterations=None))


def _beside_the_first(
    problem: TourProblem, watch: Watch, seed: int, workers: int, give_up: float | None
) -> Found:
    """Let the first search go on to the end; the others meet beside it, with the rounds that it tells them."""
    until = (watch.left() or 0.0) - LAST_WORDS
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "best.pickle"
        both = _during(watch, until)
        helper = _helper(Task(problem, seed, 1, give_up, team=workers - 1, beside=str(told)), both)
        try:
            posts = Posts(meeting_times(until), partial(_tell, told))
            first = search(problem, both, seed=seed, give_up=give_up, keep=True, posts=posts)
            return _best([first, _answer(helper)])
        finally:
            _end(helper)


def _tell(path: Path, found: Found) -> None:
    """Leave a plan where the others look, whole or not at all."""
    draft = path.with_suffix(".part")
    draft.write_bytes(pickle.dumps(found))
    draft.replace(path)


def _told(path: str) -> list[Found]:
    """Return the last plan told by the search that goes on beside, none when it has told none yet."""
    file = Path(path)
    if not path or not file.is_file():
        return []
    found: Found = pickle.loads(file.read_bytes())  # noqa: S301 - written by our own process
    return [found]


def meeting_times(seconds: float) -> tuple[float, ...]:
    """Return the seconds at which the best plan is to be told: just before each meeting."""
    meetings = FEW_MEETINGS if seconds < LONG else MEETINGS
    times, left = [], seconds
    for meeting in range(meetings):
        share = FIRST_SEARCH if meeting == 0 else 1 / (meetings - meeting)
        left -= left * share * (1 - MEETING_SHARE)
        times.append(seconds - left - seconds * EARLIER)
        left -= left * MEETING_SHARE
    return tuple(times)


def _by_meetings(task: Task, watch: Watch) -> Found:
    """Search apart, then make the best plan of all the rounds met; again from there, a few times."""
    problem, workers = task.problem, task.team
    found, pools = Found(None, 0, 0), list[Mapping[Order, int]]()
    start: tuple[Order, ...] | None = None
    meetings = FEW_MEETINGS if (watch.left() or 0.0) < LONG else MEETINGS
    for meeting in range(meetings):
        left = watch.left() or 0.0
        share = FIRST_SEARCH if meeting == 0 else 1 / (meetings - meeting)
        tasks = [
            Task(problem, task.seed, task.rank + rank + meeting * workers, task.give_up, start, keep=True)
            for rank in range(workers)
        ]
        answers = _together(tasks, _during(watch, left * share * (1 - MEETING_SHARE)), apart=not task.beside)
        iterations = found.iterations + sum(one.iterations for one in answers)
        beside = _told(task.beside)
        pools.extend(one.pool for one in (*answers, *beside))
        best = _best([*answers, *beside, found])
        left = watch.left() or 0.0
        limit = left if meeting == meetings - 1 else left * MEETING_SHARE
        best = recombined(
            problem, best, pools, replace(watch.stop, seconds=max(limit, 0.05), iterations=None)
        )
        found = Found(best.orders, best.cost, iterations)
        start = found.orders
        if start is None or (watch.left() or 0.0) < WORTH_A_PROCESS / 2:
            break
    return found


def _worth_cutting(problem: TourProblem, watch: Watch) -> bool:
    """Whether the plan is large, on a map, and there is time."""
    left = watch.left()
    return (
        problem.coordinates is not None
        and len(problem.visits) >= LARGE
        and left is not None
        and left >= WORTH_CUTTING
    )


def _during(watch: Watch, seconds: float) -> Watch:
    return replace(watch.stop, seconds=max(seconds, 0.1)).watch()


def _best(found: Sequence[Found]) -> Found:
    best = min(found, key=lambda one: (one.orders is None, one.cost))
    return Found(best.orders, best.cost, sum(one.iterations for one in found))


def _improved(problem: TourProblem, found: Found, watch: Watch, seed: int, turn: int, workers: int) -> Found:
    """Return the plan after each of its parts was searched again; never worse."""
    waves = max(1, len(problem.visits) // (workers * PART))
    parts: list[Part] = cut(problem, found.orders or (), workers * waves, turn)
    if len(parts) < 2:
        return found
    tasks = [Task(one.problem, seed, turn + rank, start=one.orders) for rank, one in enumerate(parts)]
    answers: list[Found] = []
    for wave in range(0, len(tasks), workers):
        left = (watch.left() or 0.0) * workers / max(len(tasks) - wave, workers)
        answers += _together(tasks[wave : wave + workers], _during(watch, left), whole=False)
    iterations = found.iterations + sum(one.iterations for one in answers)
    # a part starts from what can be driven and keeps its best: its cost only goes down
    if any(one.orders is None for one in answers):
        return Found(found.orders, found.cost, iterations)
    orders = joined(parts, [one.orders or () for one in answers])
    return Found(orders, sum(one.cost for one in answers), iterations)


def _together(tasks: Sequence[Task], watch: Watch, *, whole: bool = True, apart: bool = True) -> list[Found]:
    """Run the first task here and each other in a process; all end with ``watch``.

    ``whole``: each task is of the whole problem, and one may do without the others; else nothing is found in too
    short a time.
    """
    left = watch.left()
    helpers: list[subprocess.Popen[bytes]] = []
    try:
        if left is not None and left > WORTH_A_PROCESS:
            helpers.extend(_helper(task, watch, apart=apart) for task in tasks[1:])
        elif whole:
            # no time to start another process: this one searches alone
            tasks = tasks[:1]
        else:
            return [Found(None, 0, 0)]
        found = [carry_out(tasks[0], watch)]
        return found + [_answer(helper) for helper in helpers]
    finally:
        for helper in helpers:
            _end(helper)


def _helper(task: Task, watch: Watch, *, apart: bool = True) -> "subprocess.Popen[bytes]":
    """Start a process that ends when ``watch`` does: the clock of both is that of the machine.

    ``apart``: Ctrl-C of the terminal is not for it; what a helper starts itself stays with it, and ends with it.
    """
    words = [sys.executable, "-m", "maillage_engine.solvers.tour_helper"]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    # whoever asks to stop is asked here only; a helper is ended with us
    same_end = replace(watch, stop=Stop(seconds=watch.stop.seconds), iterations=0)
    # a file, for a pipe holds little: nobody waits until the other one has read
    with tempfile.TemporaryFile() as told:
        pickle.dump((task, same_end), told)
        told.seek(0)
        return subprocess.Popen(words, stdin=told, stdout=subprocess.PIPE, env=paths, start_new_session=apart)


def _end(helper: "subprocess.Popen[bytes]") -> None:
    """End a helper, and those that it has started."""
    with suppress(ProcessLookupError):
        if os.getpgid(helper.pid) == helper.pid:
            os.killpg(helper.pid, signal.SIGKILL)
    helper.kill()
    helper.wait()


def _answer(helper: "subprocess.Popen[bytes]") -> Found:
    """Return what a helper found; nothing when it was stopped from outside."""
    if helper.stdout is None:
        raise AssertionError("a helper without a way out")
    with helper.stdout as way_out:
        said = way_out.read()
    if helper.wait() != 0 or not said:
        return Found(None, 0, 0)
    found: Found = pickle.loads(said)  # noqa: S301 - written by our own process
    return found
