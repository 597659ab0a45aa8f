"""The words of the P-graph text format: sections, options with their other spellings, numbers, recipes."""

import math
import re
from collections.abc import Iterator

from maillage_engine.methods.cooperate.network import Kind

SECTIONS = {
    "measurement_units": "measures",
    "measurement_unit": "measures",
    "units": "measures",
    "defaults": "defaults",
    "default": "defaults",
    "materials": "materials",
    "material": "materials",
    "operating_units": "units",
    "operating_unit": "units",
    "material_to_operating_unit_flow_rates": "flows",
    "material_to_operating_units_flow_rates": "flows",
    "flow_rates": "flows",
    "mutually_exlcusive_sets_of_operating_units": "exclusions",
    "mutually_exclusive_sets_of_operating_units": "exclusions",
    "mutually_exclusive_operating_units": "exclusions",
    "mutual_exclusions": "exclusions",
    "comments": "comments",
    "comment": "comments",
    "description": "comments",
    "descriptions": "comments",
}
KINDS: dict[str, Kind] = {
    "raw_material": "raw",
    "raw": "raw",
    "intermediate": "intermediate",
    "intermediate_material": "intermediate",
    "product": "product",
    "product_material": "product",
    "final_product": "product",
}
MATERIAL_KEYS = {
    "type": ("type", "material_type"),
    "lower": ("flow_rate_lower_bound", "lower_bound", "minimum_flow", "min_flow", "required_flow", "reqflow"),
    "upper": ("flow_rate_upper_bound", "upper_bound", "maximum_flow", "max_flow", "maxflow"),
    "price": ("price", "unit_price"),
}
UNIT_KEYS = {
    "lower": ("capacity_lower_bound", "lower_bound", "minimum_capacity", "min_capacity", "caplower"),
    "upper": ("capacity_upper_bound", "upper_bound", "maximum_capacity", "max_capacity", "capupper"),
    "fix": ("fix_cost", "fixed_cost"),
    "prop": ("proportional_cost", "prop_cost", "variable_cost"),
    "investment_fix": (
        "investment_fix_cost",
        "investment_fixed_cost",
        "fix_investment_cost",
        "investcostfix",
    ),
    "investment_prop": (
        "investment_proportional_cost",
        "proportional_investment_cost",
        "investment_cost",
        "investcostprop",
    ),
    "operating_fix": ("operating_fix_cost", "operating_fixed_cost", "fix_operating_cost", "opercostfix"),
    "operating_prop": (
        "operating_proportional_cost",
        "proportional_operating_cost",
        "operating_cost",
        "opercostprop",
    ),
    "payout": ("payout_period", "payoutperiod", "payback_period"),
    "hours": ("working_hours_per_year", "working_hours", "working_hour", "workinghour"),
}
HOURS = {"h", "hr", "hour", "hours"}
DEFAULTS = {
    "material_type": "intermediate",
    "material_flow_rate_lower_bound": "0",
    "material_flow_rate_upper_bound": "10000000",
    "material_price": "0",
    "operating_unit_capacity_lower_bound": "0",
    "operating_unit_capacity_upper_bound": "10000000",
    "operating_unit_fix_cost": "0",
    "operating_unit_proportional_cost": "0",
}
_INFINITE = {"inf", "infinity", "+inf", "∞", "1.#inf"}
_PLUS = re.compile(r"\s\+\s*|\s*\+\s")
_ARROW = re.compile(r"=>|->|→")
_RATE = re.compile(r"^([-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?)\s*(?:\*\s*|\s+)(\S.*)$")


class BadWord(ValueError):
    """A word does not read; the message is French."""


def key_of(word: str, keys: dict[str, tuple[str, ...]]) -> str | None:
    """Return the option that a word names, or None.

    >>> key_of("Fix_Cost", UNIT_KEYS)
    'fix'
    """
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    return next((key for key, spellings in keys.items() if plain in spellings), None)


def number(text: str) -> float:
    """Return a number written with a point or a comma; raise ``BadWord``.

    >>> number("1,5e3"), number("inf")
    (1500.0, inf)
    """
    plain = text.strip().lower().replace(",", ".")
    if plain in _INFINITE:
        return math.inf
    try:
        value = float(plain)
    except ValueError as error:
        raise BadWord(f"« {text.strip()} » n’est pas un nombre.") from error
    if math.isnan(value):
        raise BadWord("NaN n’est pas un nombre.")
    return value


def options(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield (key, value) of « product, price=1.2 »; a word alone has no value. A decimal comma is understood.

    >>> list(options(" product, price=1,5, flow_rate_lower_bound=3"))
    [('product', None), ('price', '1,5'), ('flow_rate_lower_bound', '3')]
    """
    parts: list[str] = []
    for part in re.split(r"[,;]", text):
        if parts and "=" in parts[-1] and re.fullmatch(r"\d+(?:[eE][-+]?\d+)?", part):
            parts[-1] += f",{part}"
        else:
            parts.append(part)
    for part in parts:
        key, equal, value = part.partition("=")
        if key.strip():
            yield key.strip(), value.strip() if equal else None


def sides(text: str, *, known: set[str]) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Return the inputs and the outputs of « 2 C => 1.5 A + F »; ``known``: the names of materials. Raise ``BadWord``.

    >>> sides("2 C => 1.5 A + F", known={"A", "C", "F"})
    ([('C', 2.0)], [('A', 1.5), ('F', 1.0)])
    """
    halves = _ARROW.split(text)
    if len(halves) != 2:
        raise BadWord("écrivez « entrées => sorties », avec une seule flèche.")
    left, right = ([_term(part, known) for part in _terms(half, known)] for half in halves)
    return left, right


def _terms(text: str, known: set[str]) -> Iterator[str]:
    for part in _PLUS.split(text.strip()):
        part = part.strip()
        if not part:
            continue
        if "+" in part and part not in known and _term(part, known)[0] not in known:
            yield from (piece.strip() for piece in part.split("+") if piece.strip())
        else:
            yield part


def _term(text: str, known: set[str]) -> tuple[str, float]:
    found = _RATE.match(text) if text not in known else None
    return (found.group(2).strip(), number(found.group(1))) if found else (text, 1.0)
