"""The professions as texts to learn from: those of the catalogue, and an official file that the user gives."""

from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.domain.catalogue.professions import SKILL, ProfessionRow
from maillage.interfaces.cli.evaluating.grid import read_grid
from maillage.interfaces.cli.evaluating.labels import NAME_COLUMNS, tidy
from maillage.interfaces.cli.training.types import with_vectors
from maillage_engine.methods.classify import LabelledTexts
from maillage_engine.text import Encoder

CODE_COLUMNS = ("code", "code_rome", "code rome", "rome")
LABEL_COLUMNS = (*NAME_COLUMNS, "appellation", "metier", "métier", "libelle_appellation", "libelle_rome")


def read_official(path: Path) -> list[ProfessionRow]:
    """Return the professions of a file of codes and labels; several lines of one code are several ways to say it.

    The columns are known by their titles, else the code comes first. Raises ``UserMistake`` without any.
    """
    grid = read_grid(path)
    code = next((one for one in CODE_COLUMNS if grid.titled(one)), "")
    label = next((one for one in LABEL_COLUMNS if grid.titled(one)), "")
    titled = bool(code and label)
    if not titled and max(len(line) for line in grid.lines) < 2:
        raise UserMistake(f"--metiers {path.name} : il faut deux colonnes, le code et le libellé.")
    codes = grid.values(grid.column(code, option="--metiers") if titled else 0, below_titles=titled)
    labels = grid.values(grid.column(label, option="--metiers") if titled else 1, below_titles=titled)
    said: dict[str, list[str]] = {}
    for one, name in zip(codes, labels, strict=True):
        if tidy(one) and name.strip():
            said.setdefault(tidy(one), []).append(name.strip())
    if not said:
        raise UserMistake(f"--metiers {path.name} : aucune ligne n’a à la fois un code et un libellé.")
    return [ProfessionRow(one, "", names[0], tuple(names[1:])) for one, names in said.items()]


def labelled_professions(rows: list[ProfessionRow], encoder: Encoder | None) -> LabelledTexts:
    """Return what people say for each profession, and the labels as names."""
    texts = [(name, row.code) for row in rows for name in row.said]
    plain = LabelledTexts.of(
        [text for text, _ in texts],
        [(code,) for _, code in texts],
        names={row.code: row.label for row in rows},
    )
    return with_vectors(plain, encoder)


def not_professions(catalogue: CatalogueFiles) -> list[str]:
    """Return the labels of what is no skill: to learn to say « none of these professions »."""
    return [row.label for row in catalogue.types if row.kind != SKILL]
