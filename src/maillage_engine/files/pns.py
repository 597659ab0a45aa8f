"""The text format of the P-graph solvers (``.in``, ``file_type=PNS_problem_v1``), read and written.

Sections end with a colon: ``measurement_units``, ``defaults``, ``materials``, ``operating_units``,
``material_to_operating_unit_flow_rates``, ``mutually_exlcusive_sets_of_operating_units`` (so spelt by the solvers).
Source: the files of P-Graph Studio and its solvers. Costs said in parts make one yearly cost: operating, plus
investment over the payout period (and over the working hours when the unit of time is the hour).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from maillage_engine.errors import InvalidFile, InvalidProblem
from maillage_engine.files.plain_text import text_of
from maillage_engine.files.pns_words import (
    DEFAULTS,
    HOURS,
    KINDS,
    MATERIAL_KEYS,
    SECTIONS,
    UNIT_KEYS,
    BadWord,
    key_of,
    number,
    options,
    sides,
)
from maillage_engine.methods.cooperate.network import Material, Measures, OperatingUnit, ProcessNetwork

_COMMENT = re.compile(r"^\s*(#|//|%|;).*$|\s(#|//).*$")


@dataclass(frozen=True, eq=False)
class PnsProblem:
    """``notes``: in French, what was read and not used, with its line."""

    name: str
    network: ProcessNetwork
    notes: tuple[str, ...]


@dataclass
class _Read:
    path: str
    name: str = ""
    units_of_measure: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    materials: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    units: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    inputs: dict[str, dict[str, float]] = field(default_factory=dict)
    outputs: dict[str, dict[str, float]] = field(default_factory=dict)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    flows: list[tuple[int, str, str]] = field(default_factory=list)
    exclusions: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, line: int, message: str) -> InvalidFile:
        return InvalidFile(self.path, message, line=line)

    def note(self, line: int, message: str) -> None:
        self.notes.append(f"Ligne {line} : {message}")


def read_pns(path: Path) -> PnsProblem:
    """Return the problem of a ``.in`` file. Raises ``InvalidFile`` naming the file and the line."""
    read = _Read(str(path))
    section = ""
    for line, text in _lines(path):
        new = SECTIONS.get(text.rstrip(":").strip().lower().replace(" ", "_")) if text.endswith(":") else None
        if new is not None:
            section = new
        else:
            _take(read, section, line, text)
    if not read.materials or not read.units:
        raise InvalidFile(
            read.path, "ce n’est pas un problème P-graph : il faut les sections materials et operating_units."
        )
    for line, unit, text in read.flows:
        _flow(read, line, unit, text)
    for line, text in read.exclusions:
        _group(read, line, text)
    return PnsProblem(read.name, _network(read), tuple(read.notes))


def write_pns(network: ProcessNetwork, path: Path, *, name: str = "Graph_1") -> None:
    """Write a network in the format; every bound and cost is said, so that no default matters."""
    said = network.measures
    words = {"raw": "raw_material", "intermediate": "intermediate", "product": "product"}
    lines = ["file_type=PNS_problem_v1", f"file_name={name}", "", "measurement_units:"]
    lines += [f"mass_unit={said.mass}", f"time_unit={said.time}", f"money_unit={said.money}", ""]
    lines += ["defaults:", *(f"{key}={value}" for key, value in DEFAULTS.items()), "", "materials:"]
    lines += [
        f"{one.name}: {words[one.kind]}, flow_rate_lower_bound={one.lower!r}, "
        f"flow_rate_upper_bound={one.upper!r}, price={one.price!r}"
        for one in network.materials
    ]
    lines += ["", "operating_units:"]
    lines += [
        f"{one.name}: capacity_lower_bound={one.lower!r}, capacity_upper_bound={one.upper!r}, "
        f"fix_cost={one.fixed_cost!r}, proportional_cost={one.proportional_cost!r}"
        for one in network.units
    ]
    lines += ["", "material_to_operating_unit_flow_rates:"]
    lines += [f"{one.name}: {_side(one.inputs)} => {_side(one.outputs)}" for one in network.units]
    if network.exclusive:
        lines += ["", "mutually_exlcusive_sets_of_operating_units:"]
        lines += [f"ME{row}: {', '.join(one)}" for row, one in enumerate(network.exclusive)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _side(rates: tuple[tuple[str, float], ...]) -> str:
    return " + ".join(f"{rate!r} {name}" for name, rate in rates)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for line, raw in enumerate(text_of(path).splitlines(), start=1):
        kept = _COMMENT.sub("", raw).strip()
        if kept:
            yield line, kept


def _take(read: _Read, section: str, line: int, text: str) -> None:
    if section == "materials":
        _declare(read, read.materials, MATERIAL_KEYS, line, text)
    elif section == "units":
        _declare(read, read.units, UNIT_KEYS, line, text)
    elif section == "flows":
        unit, colon, rest = text.partition(":")
        if not colon:
            raise read.fault(line, f"« {text} » : écrivez « unité: entrées => sorties ».")
        read.flows.append((line, unit.strip(), rest))
    elif section == "exclusions":
        read.exclusions.append((line, text))
    elif section in {"measures", "defaults", ""}:
        key, equal, value = text.partition("=")
        if not equal:
            read.note(line, f"« {text} » n’est pas une ligne connue ; elle n’a pas servi.")
        elif section == "measures":
            read.units_of_measure[key.strip().lower()] = value.strip()
        elif section == "defaults":
            _default(read, line, key.strip().lower(), value.strip())
        elif key.strip().lower() == "file_name":
            read.name = value.strip()
        elif key.strip().lower() == "file_type" and value.strip().lower() != "pns_problem_v1":
            raise read.fault(line, f"« {value.strip()} » n’est pas le type attendu, PNS_problem_v1.")


def _default(read: _Read, line: int, key: str, value: str) -> None:
    for prefix, keys in (("material_", MATERIAL_KEYS), ("operating_unit_", UNIT_KEYS)):
        known = key_of(key.removeprefix(prefix), keys) if key.startswith(prefix) else None
        if known is not None:
            read.defaults[prefix + known] = value
            return
    read.note(line, f"le défaut « {key} » n’est pas connu ; il n’a pas servi.")


def _declare(
    read: _Read,
    into: dict[str, tuple[int, dict[str, str]]],
    keys: dict[str, tuple[str, ...]],
    line: int,
    text: str,
) -> None:
    name, _, rest = text.partition(":")
    name = name.strip()
    if name in into:
        raise read.fault(line, f"« {name} » est là deux fois, d’abord ligne {into[name][0]}.")
    found: dict[str, str] = {}
    for key, value in options(rest):
        known = key_of(key, keys) if value is not None else "type"
        if known is None:
            read.note(line, f"l’option « {key} » de « {name} » n’est pas connue ; elle n’a pas servi.")
        else:
            found[known] = key if value is None else value
    into[name] = (line, found)


def _flow(read: _Read, line: int, unit: str, text: str) -> None:
    if unit not in read.units:
        raise read.fault(line, f"l’unité « {unit} » n’est pas dans operating_units.")
    try:
        left, right = sides(text, known=set(read.materials))
    except BadWord as error:
        raise read.fault(line, f"« {unit} » : {error}") from error
    for into, rates in ((read.inputs, left), (read.outputs, right)):
        for name, rate in rates:
            if name not in read.materials:
                raise read.fault(line, f"« {unit} » cite « {name} », qui n’est pas dans materials.")
            all_rates = into.setdefault(unit, {})
            all_rates[name] = all_rates.get(name, 0.0) + rate


def _group(read: _Read, line: int, text: str) -> None:
    name, colon, rest = text.partition(":")
    names = [one for one in re.split(r"[,;\s]+", rest if colon else text) if one]
    if not colon and (len(names) < 2 or names[0] not in read.units):
        return  # the name of a group that holds nothing: the solvers write it
    for one in names:
        if one not in read.units:
            raise read.fault(line, f"« {name.strip()} » cite « {one} », qui n’est pas dans operating_units.")
    if len(names) > 1:
        read.groups.append(tuple(names))


def _network(read: _Read) -> ProcessNetwork:
    for name, (line, _) in read.units.items():
        if name not in read.outputs:
            read.note(line, f"« {name} » ne donne rien ; aucune solution ne peut l’employer.")
    said = read.units_of_measure
    measures = Measures(said.get("mass_unit", "t"), said.get("time_unit", "y"), said.get("money_unit", "EUR"))
    materials = [_material(read, name, *one) for name, one in read.materials.items()]
    hourly = measures.time.lower() in HOURS
    units = [_unit(read, name, *one, hourly=hourly) for name, one in read.units.items()]
    try:
        return ProcessNetwork(tuple(materials), tuple(units), tuple(read.groups), measures)
    except InvalidProblem as error:
        rows = read.materials if error.attribute in {"materials", "kind", "price", "lower"} else read.units
        at = None if error.row is None or error.row >= len(rows) else list(rows.values())[error.row][0]
        raise InvalidFile(read.path, error.message, line=at) from error


def _value(read: _Read, prefix: str, key: str, said: dict[str, str], line: int, fallback: float) -> float:
    text = said.get(key, read.defaults.get(prefix + key))
    if text is None:
        return fallback
    try:
        return number(text)
    except BadWord as error:
        raise read.fault(line, f"{key} : {error}") from error


def _material(read: _Read, name: str, line: int, said: dict[str, str]) -> Material:
    word = said.get("type", read.defaults.get("material_type", "raw_material")).lower()
    if word not in KINDS:
        raise read.fault(line, f"« {word} » : le type est raw_material, intermediate ou product.")

    def value(key: str, fallback: float) -> float:
        return _value(read, "material_", key, said, line, fallback)

    return Material(name, KINDS[word], value("lower", 0.0), value("upper", 1e7), value("price", 0.0))


def _unit(read: _Read, name: str, line: int, said: dict[str, str], *, hourly: bool) -> OperatingUnit:
    def value(key: str, fallback: float) -> float:
        return _value(read, "operating_unit_", key, said, line, fallback)

    periods = value("payout", 10.0) * (value("hours", 8000.0) if hourly else 1.0)
    if not periods > 0:
        raise read.fault(line, f"« {name} » : la durée d’amortissement doit être au-dessus de 0.")
    costs = {}
    for way in ("fix", "prop"):
        parts = [said.get(f"{part}_{way}") for part in ("operating", "investment")]
        whole = 0.0 if any(parts) and way not in said else value(way, 0.0)
        costs[way] = whole + value(f"operating_{way}", 0.0) + value(f"investment_{way}", 0.0) / periods
    return OperatingUnit(
        name,
        tuple(read.inputs.get(name, {}).items()),
        tuple(read.outputs.get(name, {}).items()),
        fixed_cost=costs["fix"],
        proportional_cost=costs["prop"],
        lower=value("lower", 0.0),
        upper=value("upper", 1e7),
    )
