"""Beyond one core: time and memory of 10⁴, 10⁵ and 10⁶ intents, the slope, and what all of France takes on paper."""

import hashlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.lines import Line, leave
from benchmarks.registry import family
from maillage.core.french import number

FRANCE = 10_000_000
CORES_OF_A_MACHINE = 2
MACHINES = (1, 10, 100)
K = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: seconds of the search alone, the peak memory of the process and of its largest child, in MiB."""

    intents: int
    runner: str
    seconds: float
    peak_mb: float
    child_mb: float
    feasible: int
    digest: str


def options(parser: ArgumentParser) -> None:
    """Sizes and which one is enough for a smoke."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="besoins et offres"
    )
    parser.add_argument("--cluster", default="", help="adresse d’une grappe Dask, en plus des deux autres")
    parser.add_argument("--seed", type=int, default=0, help="graine du territoire inventé")


@family(
    "scale",
    "Tuiles : 10⁴, 10⁵, 10⁶ besoins et offres ; la France, sur le papier.",
    options=options,
)
def run(chosen: Namespace) -> None:
    """Measure each size in a process of its own; raise ``SystemExit`` when two runners differ."""
    measures: list[Measure] = []
    for size in chosen.sizes:
        runners = ["serial", "processes", *([chosen.cluster] if chosen.cluster else [])]
        of_size = [_in_a_process(size, runner, chosen.seed) for runner in runners]
        if len({one.digest for one in of_size}) != 1:
            raise SystemExit(f"À {size}, les exécutants ne donnent pas le même résultat.")
        measures += of_size
        print(*of_size, sep="\n", file=sys.stderr)
    leave("scale", "Au-delà d’un cœur : un territoire en tuiles", _lines(measures), note=_note(measures))


def _lines(measures: list[Measure]) -> list[Line]:
    serial = {one.intents: one for one in measures if one.runner == "serial"}
    return [
        Line(
            f"search, k = {K}, {_runner_fr(one.runner)}",
            number(one.intents),
            f"{number(one.seconds)} s, {one.peak_mb:.0f} Mio (enfant {one.child_mb:.0f} Mio)",
            f"en un processus {number(serial[one.intents].seconds)} s" if one.runner != "serial" else "–",
            number(one.seconds / serial[one.intents].seconds) if one.runner != "serial" else "–",
            f"{number(one.feasible)} paires possibles, mêmes octets",
        )
        for one in measures
    ]


def _runner_fr(runner: str) -> str:
    return {"serial": "un processus", "processes": "deux processus"}.get(runner, "grappe Dask")


def slope(measures: list[Measure]) -> float:
    """Return p of « seconds grow like intents^p », fitted on the runs in one process, NaN with fewer than two."""
    serial = [one for one in measures if one.runner == "serial"]
    if len(serial) < 2:
        return math.nan
    first, last = serial[0], serial[-1]
    return math.log(last.seconds / first.seconds) / math.log(last.intents / first.intents)


def _note(measures: list[Measure]) -> str:
    power = slope(measures)
    if math.isnan(power):
        return ""
    best = [one for one in measures if one.runner == "processes"][-1]
    whole = best.seconds * (FRANCE / best.intents) ** max(power, 1.0)
    hours = ", ".join(f"{machines} machine(s) : {_duration(whole / machines)}" for machines in MACHINES)
    per_intent = best.peak_mb / best.intents
    return (
        f"Le temps croît comme la taille à la puissance {number(power)}. La densité est celle de la France entière "
        "(un besoin ou une offre pour 6,8 habitants), sur une partie du territoire d’autant plus petite.\n\n"
        f"Sur le papier, la France (35 000 communes, {number(FRANCE)} besoins et offres), "
        f"prolongée de la plus grande mesure, machines de {CORES_OF_A_MACHINE} cœurs, les tuiles se partageant "
        f"sans reste : {hours}. La mémoire de l’ordonnanceur serait de {per_intent * FRANCE / 1024:.0f} Gio "
        "si tout le problème y tenait ; au-delà, chaque machine lit ses tuiles. C’est un calcul, pas une mesure."
    )


def _duration(seconds: float) -> str:
    return (
        f"{number(seconds / 3600, digits=1)} h"
        if seconds >= 5400
        else f"{number(seconds / 60, digits=1)} min"
    )


def _in_a_process(intents: int, runner: str, seed: int) -> Measure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measure.json"
        words = [sys.executable, "-m", "benchmarks.scale", str(intents), runner, str(seed), str(path)]
        subprocess.run(words, check=True)
        return Measure(**json.loads(path.read_text(encoding="utf-8")))


def measure(intents: int, runner: str, seed: int) -> Measure:
    """Search a territory of so many intents with a runner, in this process."""
    from benchmarks.territory import territory  # noqa: PLC0415 - a child process only
    from maillage_engine.scale.dask_cluster import DaskCluster  # noqa: PLC0415
    from maillage_engine.scale.runners import Processes, Runner, Serial  # noqa: PLC0415
    from maillage_engine.scale.search_tiles import search_tiled  # noqa: PLC0415

    problem = territory(intents, seed=seed)
    chosen: dict[str, Runner] = {"serial": Serial(), "processes": Processes(CORES_OF_A_MACHINE)}
    began = time.perf_counter()
    found = search_tiled(problem, k=K, runner=chosen.get(runner) or DaskCluster(runner))
    seconds = time.perf_counter() - began
    hasher = hashlib.sha256()
    for array in (found.indices, found.totals, found.criteria, found.distance_m):
        hasher.update(array.tobytes())
    return Measure(
        intents=intents,
        runner=runner,
        seconds=seconds,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        child_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        feasible=found.feasible,
        digest=hasher.hexdigest(),
    )


def _child(words: list[str]) -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    measured = measure(int(words[0]), words[1], int(words[2]))
    Path(words[3]).write_text(json.dumps(asdict(measured)), encoding="utf-8")


if __name__ == "__main__":
    _child(sys.argv[1:])
