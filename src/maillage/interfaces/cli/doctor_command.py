"""``maillage doctor``: what is missing on this machine, and how to get it."""

from collections.abc import Iterator

import click

from maillage.core.french import typography
from maillage.interfaces.cli.console import notes, out
from maillage.interfaces.cli.doctor_checks import CHECKS, Finding, Level
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.french_click import speak_french

speak_french()

HELP = """Regarde ce qui manque sur cette machine et dit comment l’obtenir.

✓ tout va bien ; ○ utile, mais on peut s’en passer ; ✗ nécessaire et absent. Le code de sortie est 4 quand une chose
nécessaire manque, 0 sinon. Rien n’est installé ni modifié.

\b
Exemple :
  maillage doctor
"""
_SIGNS = {Level.GOOD: "[green]✓[/]", Level.OPTIONAL: "[yellow]○[/]", Level.MISSING: "[red]✗[/]"}


@click.command("doctor", help=HELP, short_help="Dit ce qui manque sur cette machine et comment l’obtenir.")
@click.pass_obj
def command(entrance: Entrance) -> int:
    """Check everything, then say what is missing."""
    missing = 0
    for finding in findings(entrance):
        out.print(f"{_SIGNS[finding.level]} {_plain(finding.label)} : {_plain(finding.said)}", soft_wrap=True)
        if finding.remedy:
            out.print(f"    → {_plain(finding.remedy)}", soft_wrap=True)
        missing += finding.level is Level.MISSING
    if missing:
        words = "une chose nécessaire manque" if missing == 1 else f"{missing} choses nécessaires manquent"
        out.print(f"\nÀ faire : {words}.")
        return int(ExitCode.MISSING_ON_MACHINE)
    out.print("\nTout ce qui est nécessaire est là.")
    return int(ExitCode.OK)


def findings(entrance: Entrance) -> Iterator[Finding]:
    """Yield what each check found, as it is found."""
    for label, check in CHECKS:
        with notes.status(f"{label}…"):
            found = check(entrance)
        yield found


def _plain(text: str) -> str:
    return typography(text).replace("[", "\\[")
