"""Bands of staff: a number of employees, INSEE's code, or its words become INSEE's code."""

import re

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.tabular.table import Cell

# INSEE, « tranche d'effectif salarié » of the SIRENE file: code and smallest number of employees.
_BANDS = (
    ("00", 0),
    ("01", 1),
    ("02", 3),
    ("03", 6),
    ("11", 10),
    ("12", 20),
    ("21", 50),
    ("22", 100),
    ("31", 200),
    ("32", 250),
    ("41", 500),
    ("42", 1_000),
    ("51", 2_000),
    ("52", 5_000),
    ("53", 10_000),
)
_BY_START = {smallest: code for code, smallest in _BANDS}
_UNKNOWN = frozenset({"nn", "non connu", "inconnu", "effectif non connu", "non renseigne", "nc", "nr"})
_SPAN = re.compile(r"^([0-9]+) (?:a|ou|et|-) ([0-9]+)(?: salaries?)?$")


def staff_band(cell: Cell | None) -> str:
    """Return the code of the band: ``12`` employees, « 10 à 19 », « 10 000 salariés et plus », ``NN``.

    A number is a number of employees; INSEE's code is only recognised with its leading zero, or as ``NN``.
    """
    text = re.sub(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9]{3})", "", text_of(cell))
    folded = fold(text.replace("-", " à "))
    if folded in _UNKNOWN:
        return "NN"
    if folded in {"aucun", "aucun salarie", "sans salarie", "0 salarie", "neant"}:
        return "00"
    if text in {"00", "01", "02", "03"}:
        return text
    if span := _SPAN.match(folded):
        low = int(span.group(1))
        if low in _BY_START:
            return _BY_START[low]
        return _band_of(low)
    number = re.match(
        r"^([0-9]{1,7})(?:[ ,.]0+)?(?: (?:salaries?|etp|personnes?|employes?|agents?)(?: et plus)?)?$", folded
    )
    if not number:
        raise UserMistake(
            f"« {shown(cell)} » n’est pas un effectif. Écrivez un nombre de salariés, par exemple 12."
        )
    return _band_of(int(number.group(1)))


def _band_of(count: int) -> str:
    return next(code for code, smallest in reversed(_BANDS) if count >= smallest)
