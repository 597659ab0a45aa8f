"""``docs/reference/reglages.md``: every environment variable, from ``variables.csv``."""

import csv
from importlib.resources import files


def variables() -> list[dict[str, str]]:
    """Return the rows of ``variables.csv``."""
    text = files("maillage.config").joinpath("variables.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def page() -> str:
    """Return the page."""
    lines = [
        "# Réglages",
        "",
        "Tout ce qui change d’une instance à l’autre vient de variables d’environnement.",
        "",
        "| variable | par défaut | sens |",
        "|---|---|---|",
        *[f"| `{row['name']}` | {row['default']} | {row['meaning']} |" for row in variables()],
        "",
    ]
    return "\n".join(lines)
