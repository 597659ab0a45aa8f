"""A command line for the tests: small communes, a folder of its own, the lexical encoder, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.main import run
from tests.importers.places import install

NEEDS = """Référence;Intitulé;Structure;Commune;Quantité;Distance maximale (km)
B-1;Compostage des épluchures de cantine;Cantine du Val;Bourges;12 t/an;50
B-2;Emprunter un barnum pour la fête;Comité des fêtes;Amilly (45);1;30
B-3;Nettoyage de locaux;Ci&el;Vierzon;;
"""
OFFERS = """Référence;Intitulé;Structure;Commune;Quantité
O-1;Compostage d’épluchures et de biodéchets;Terre Brune;Vierzon;200 t/an
O-2;Prêt de barnum et de tables;Loiret en fête;Montargis;
O-3;Nettoyage de locaux et de vitres;Net & Clair;Bourges;
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command answered; spaces of all kinds are made one, so that wrapped lines compare."""

    code: int
    out: str
    err: str


class CommandLine:
    """Runs ``maillage`` in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], *, communes: bool = True) -> None:
        self.folder = folder
        self._capsys = capsys
        packages = install(folder / "node_modules") if communes else folder / "nothing"
        self._entrance = Entrance(
            open_database=self._no_database,
            erase_database=lambda: False,
            uses_embedded_database=lambda: True,
            home=folder / "home",
            node_modules=packages,
            project_root=folder,
        )

    def __call__(self, *words: str | Path) -> Ran:
        """Run one command."""
        code = run(self._entrance, [str(word) for word in words])
        said = self._capsys.readouterr()
        return Ran(code, flat(said.out), flat(said.err))

    def match(self, *words: str | Path, needs: str | Path = NEEDS, offers: str | Path = OFFERS) -> Ran:
        """Match two files, with the encoder that needs no model, on a fixed day."""
        files = [self.file(needs, "besoins.csv"), self.file(offers, "offres.csv")]
        return self("match", *files, "--encodeur", "lexical", "--date", "23/11/2026", *words)

    def file(self, content: str | bytes | Path, name: str) -> Path:
        """Write a file of the test's folder, or return the one that is given."""
        if isinstance(content, Path):
            return content
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    @staticmethod
    def _no_database() -> None:
        raise AssertionError("this command opened a database")


def flat(text: str) -> str:
    """Return the text on one line, every space a plain one."""
    return " ".join(text.split())


def lines_of(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV."""
    return "\n".join(";".join(row) for row in rows) + "\n"
