"""What is said on the terminal about the files: columns understood, faulty cells, lines without words."""

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table as RichTable

from maillage.core.french import number, typography
from maillage.importers.export import write_table
from maillage.importers.rows import Fault
from maillage.interfaces.cli.console import notes
from maillage.interfaces.cli.matching.columns import describe
from maillage.interfaces.cli.matching.line import ReadFile

MOST_SHOWN = 12
_TITLES = {"needs": "Besoins", "offers": "Offres"}


def show_file(file: ReadFile) -> None:
    """Show how the columns were understood, then what is to mend."""
    table = RichTable(
        "Colonne du fichier",
        "Comprise comme",
        "",
        title=f"{_TITLES[file.side]} : {file.filename}",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for header, label, sure in describe(file.mapping):
        table.add_row(_plain(header), _plain(label or "—"), sure)
    notes.print(table)
    for note in file.notes:
        _say(note)
    _show_faults("À corriger (la case est laissée vide, la ligne est gardée)", file.faults)
    _show_faults("À relire", file.remarks)
    if file.silent:
        first = ", ".join(str(line) for line in file.silent[:10]) + ("…" if len(file.silent) > 10 else "")
        _say(
            f"Lignes laissées de côté : {number(len(file.silent))}. Rien n’y dit ce qui est voulu ou proposé (lignes "
            f"{first}). Ajoutez-y quelques mots."
        )
    guessed = sum(line.from_activity for line in file.lines)
    if guessed:
        _say(
            f"Lignes décrites par le seul code de leur activité : {number(guessed)}. Leurs réponses sont à prendre "
            "avec prudence."
        )


def write_faults(path: Path, files: Sequence[ReadFile]) -> None:
    """Write every faulty cell and remark, by the ending of the name."""
    rows = (
        (
            file.filename,
            fault.line,
            fault.column,
            fault.cell,
            fault.sentence,
            "à corriger" if fault.blocking else "à relire",
        )
        for file in files
        for fault in sorted((*file.faults, *file.remarks), key=lambda fault: fault.line)
    )
    write_table(path, ("Fichier", "Ligne", "Colonne", "Case", "Ce qui ne va pas", "Suite"), rows)


def _show_faults(title: str, faults: Sequence[Fault]) -> None:
    if not faults:
        return
    _say(f"{title} : {number(len(faults))}")
    for fault in faults[:MOST_SHOWN]:
        _say(f"  ligne {fault.line}, colonne {fault.column} : {fault.sentence}")
    if len(faults) > MOST_SHOWN:
        _say(f"  et {number(len(faults) - MOST_SHOWN)} de plus ; --defauts FICHIER les écrit toutes.")


def _say(text: str) -> None:
    notes.print(typography(text), markup=False)


def _plain(text: str) -> str:
    """Return a text that the terminal's markup leaves alone."""
    return text.replace("[", "\\[")
