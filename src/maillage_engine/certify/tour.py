"""The certificate of a plan of rounds: each line of each timetable is driven again from the matrices alone.

Nothing of the planner is used: hours, loads, distances and costs are recomputed line after line, and each visit is
counted once, in a round or among those left out.
"""

import itertools
from collections import Counter
from collections.abc import Iterator

from maillage_engine.certify.proof import Check, Proof, relative_gap
from maillage_engine.methods.tour.problem import TourProblem, Vehicle
from maillage_engine.methods.tour.result import Line, Round, TourResult


def certify_tour(problem: TourProblem, result: TourResult) -> Proof:
    """Return the certificate of ``result``; ``objective`` and ``bound`` are in cost units."""
    drives = [_Drive(problem, one) for one in result.rounds]
    faults: dict[str, list[str]] = {name: [] for name in CHECKS}
    for at, drive in enumerate(drives, start=1):
        for name, words in drive.faults():
            faults[name].append(f"tournée {at} : {words}")
    for name, words in _whole(problem, result):
        faults[name].append(words)
    prizes = sum(problem.visits[one.visit].prize or 0 for one in result.left_out)
    objective = sum(drive.cost() for drive in drives) + prizes
    if objective != result.cost:
        faults["cost"].append(f"{result.cost} annoncé, {objective} recompté")
    if result.bound is not None and objective < result.bound:
        faults["bound"].append(f"{objective} est sous la borne {result.bound}")
    checks = tuple(
        Check(name, not faults[name], " ; ".join(faults[name][:3]) or words) for name, words in CHECKS.items()
    )
    bound = None if result.bound is None else float(result.bound)
    return Proof(
        checks=checks,
        objective=float(objective),
        bound=bound,
        gap=relative_gap(float(objective), bound),
        digest=result.digest,
        engine_version=result.engine_version,
    )


CHECKS = {
    "digest": "le résultat est celui de ce problème",
    "once": "chaque arrêt est dans une seule tournée, ou parmi ceux qui restent",
    "fleet": "aucun véhicule ne fait deux tournées",
    "ends": "chaque tournée part et finit où elle doit",
    "hours": "chaque trajet, chaque horaire et chaque journée sont tenus",
    "pause": "chaque pause due est prise dans ses heures",
    "load": "aucune capacité n’est dépassée, dans aucune dimension",
    "materials": "aucune matière n’est refusée ni mêlée à une autre qu’il faut séparer",
    "length": "aucune tournée n’est trop longue",
    "cost": "le coût recompté ligne à ligne est celui annoncé",
    "bound": "le coût n’est pas sous la borne prouvée",
}

Found = Iterator[tuple[str, str]]


def _whole(problem: TourProblem, result: TourResult) -> Found:
    if problem.digest() != result.digest:
        yield "digest", "les empreintes diffèrent"
    counts = Counter(visit for one in result.rounds for visit in one.visits)
    counts.update(one.visit for one in result.left_out)
    for row in range(len(problem.visits)):
        if counts[row] != 1:
            yield "once", f"l’arrêt {problem.visits[row].id} est compté {counts[row]} fois"
    if set(counts) - set(range(len(problem.visits))):
        yield "once", "un arrêt inconnu"
    driven = Counter((one.vehicle, one.copy) for one in result.rounds)
    for (vehicle, copy), times in driven.items():
        if times > 1 or not 0 <= copy < problem.vehicles[vehicle].number:
            yield "fleet", f"{problem.vehicles[vehicle].id}, exemplaire {copy + 1}"


class _Drive:
    """One round driven again."""

    def __init__(self, problem: TourProblem, one: Round) -> None:
        self._problem = problem
        self._round = one
        self._about: Vehicle = problem.vehicles[one.vehicle]

    def faults(self) -> Found:
        """Yield (check, what is wrong)."""
        yield from self._ends()
        yield from self._hours()
        yield from self._pause()
        yield from self._loads()
        yield from self._materials()
        yield from self._lengths()

    def cost(self) -> int:
        """Return the cost units of the lines."""
        metres, seconds = self._metres(), self._span() - self._resting()
        about = self._about
        return about.fixed_cost + about.metre_cost * metres + about.second_cost * seconds

    def _legs(self) -> Iterator[tuple[Line, Line]]:
        lines = self._round.lines
        yield from itertools.pairwise(lines)

    def _metres(self) -> int:
        matrix = self._problem.metres[self._about.network]
        return sum(int(matrix[before.place, after.place]) for before, after in self._legs())

    def _span(self) -> int:
        return self._round.lines[-1].begin - self._round.lines[0].leave

    def _resting(self) -> int:
        return sum(line.leave - line.begin for line in self._round.lines if line.kind == "pause")

    def _ends(self) -> Found:
        lines, about = self._round.lines, self._about
        kinds = [line.kind for line in lines]
        if kinds[:1] != ["start"] or kinds[-1:] != ["end"] or {"start", "end"} & set(kinds[1:-1]):
            yield "ends", "elle ne commence ou ne finit pas où il faut"
        if (lines[0].place, lines[-1].place) != (about.start, about.end):
            yield "ends", "ce n’est ni son départ ni son arrivée"
        reloads = [line.place for line in lines if line.kind == "reload"]
        if any(place not in about.reload_at for place in reloads):
            yield "ends", "elle vide à un lieu qui n’est pas prévu"
        if about.most_reloads is not None and len(reloads) > about.most_reloads:
            yield "ends", "elle vide trop souvent"

    def _hours(self) -> Found:
        travel = self._problem.seconds[self._about.network]
        first, last = self._about.shift
        lines = self._round.lines
        if lines[0].begin < first or lines[-1].leave > last:
            yield "hours", "hors de la journée du véhicule"
        for before, after in self._legs():
            if after.arrival != before.leave + int(travel[before.place, after.place]):
                yield "hours", f"le trajet vers {self._name(after)} ne dure pas ce qui est dit"
        for line in lines:
            if line.begin < line.arrival:
                yield "hours", f"{self._name(line)} commence avant l’arrivée"
            if line.leave != line.begin + self._lasts(line):
                yield "hours", f"{self._name(line)} ne dure pas ce qui est prévu"
            if line.kind == "visit":
                visit = self._problem.visits[line.visit]
                if line.place != visit.place or not visit.window[0] <= line.begin <= visit.window[1]:
                    yield "hours", f"{self._name(line)} hors de son horaire"

    def _lasts(self, line: Line) -> int:
        if line.kind == "visit":
            return self._problem.visits[line.visit].service
        if line.kind == "reload":
            return self._about.reload_seconds
        pause = self._about.pause
        return pause.seconds if line.kind == "pause" and pause is not None else 0

    def _pause(self) -> Found:
        taken = [line for line in self._round.lines if line.kind == "pause"]
        pause = self._about.pause
        if pause is None:
            if taken:
                yield "pause", "une pause que personne n’attend"
            return
        lines = self._round.lines
        over_by_then, begun_after = (
            lines[-1].begin <= pause.latest,
            lines[0].leave >= pause.earliest + pause.seconds,
        )
        if len(taken) > 1 or (not taken and not over_by_then and not begun_after):
            yield "pause", "il faut une pause, une seule"
        if any(not pause.earliest <= line.begin <= pause.latest for line in taken):
            yield "pause", "elle n’est pas prise à ses heures"

    def _trips(self) -> Iterator[tuple[Line, list[Line]]]:
        """Yield each departure with the visits and pauses until the next one."""
        departure, followed = self._round.lines[0], list[Line]()
        for line in self._round.lines[1:]:
            if line.kind in {"visit", "pause"}:
                followed.append(line)
            else:
                yield departure, followed
                departure, followed = line, []

    def _loads(self) -> Found:
        visits = self._problem.visits
        for departure, followed in self._trips():
            served = [line for line in followed if line.kind == "visit"]
            if any(visits[line.visit].release > departure.leave for line in served):
                yield "hours", "un chargement part avant d’être prêt"
            for at, most in enumerate(self._about.capacity):
                load = sum(visits[line.visit].deliver[at] for line in served)
                for line in (departure, *followed):
                    if line.kind == "visit":
                        load += visits[line.visit].collect[at] - visits[line.visit].deliver[at]
                    if line.load[at] != load:
                        yield "load", f"{self._name(line)} : {line.load[at]} à bord annoncé, {load} recompté"
                    if load > most:
                        yield "load", f"{self._name(line)} : {load} à bord pour {most}"

    def _materials(self) -> Found:
        aboard = {self._problem.visits[visit].material for visit in self._round.visits} - {""}
        accepted = self._about.materials
        if accepted is not None and aboard - set(accepted):
            yield "materials", f"{', '.join(sorted(aboard - set(accepted)))} refusé"
        for pair in self._problem.forbidden:
            if pair <= aboard:
                yield "materials", f"{' et '.join(sorted(pair))} ensemble"

    def _lengths(self) -> Found:
        metres, seconds = self._metres(), self._span() - self._resting()
        if metres > self._about.longest_metres or seconds > self._about.longest_seconds:
            yield "length", "elle est trop longue"
        if (metres, seconds) != (self._round.metres, self._round.seconds):
            yield "length", "sa longueur ou sa durée n’est pas celle annoncée"

    def _name(self, line: Line) -> str:
        return f"l’arrêt {self._problem.visits[line.visit].id}" if line.kind == "visit" else "une étape"
