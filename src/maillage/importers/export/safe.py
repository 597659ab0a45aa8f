"""A text that a spreadsheet would take for a formula is neutralised, on the way out only.

Source: OWASP, « CSV Injection »: a cell that begins with ``= + - @``, a tab or a carriage return may be run.
"""

import re
import unicodedata
from typing import Any

# Full-width signs are formulas too for some spreadsheets.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"^[+-]?[0-9]+(?:[.,][0-9]+)?$")
_LONGEST = 32_767


def safe_cell(value: Any) -> Any:
    """Return the value to write: a dangerous text gets a leading apostrophe, a number stays as it is.

    >>> safe_cell("=cmd|' /C calc'!A0") "'=cmd|' /C calc'!A0" >>> safe_cell(-12), safe_cell("-12,5"),
    safe_cell("Ci&el") (-12, '-12,5', 'Ci&el')
    """
    if not isinstance(value, str):
        return value
    text = value
    if not value.isprintable():  # a printable text has no control character: most cells stop here
        text = "".join(
            char for char in value if char in "\t\r\n" or unicodedata.category(char) not in {"Cc", "Cs"}
        )
    if len(text) > _LONGEST - 1:
        text = text[: _LONGEST - 2] + "…"
    if text.lstrip(" \u00a0\u202f").startswith(_DANGEROUS) and not _NUMBER.match(text):
        return f"'{text}"
    return text
