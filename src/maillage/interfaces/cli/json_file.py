"""An answer written as JSON, whole or not at all; a number that JSON has no word for is refused."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maillage.interfaces.cli.whole_file import whole


def write_json(path: Path, content: Mapping[str, Any], *, indent: int | None = 1) -> None:
    """Write ``content``; ``indent`` None for answers of many lines."""
    told = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent)
    with whole(path) as draft:
        draft.write_text(told + "\n", encoding="utf-8")
