"""``maillage courrier`` on a database that has not its tables yet: a sentence, not an error of the database."""

from pathlib import Path

import pytest
from django.db.migrations.executor import MigrationExecutor

from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.main import run
from tests.interfaces.cli_case import flat


@pytest.mark.django_db
def test_courrier__without_tables_says_how_to_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one to go"])
    entrance = Entrance(lambda: None, lambda: False, lambda: True, tmp_path, tmp_path, tmp_path)
    assert run(entrance, ["courrier", "--maildir", str(tmp_path)]) == ExitCode.FAULTY_INPUT
    assert "Lancez « maillage demo »" in flat(capsys.readouterr().err)
