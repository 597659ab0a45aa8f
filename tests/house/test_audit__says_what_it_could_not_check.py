"""The audit of dependencies: a fault stops, an absent network is said, an unknown package is no proof."""

import json
from pathlib import Path

import pytest
from tools import audit

KNOWN = {"name": "un", "version": "1", "vulns": []}
FAULTY = {"name": "deux", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
UNKNOWN = {"name": "trois", "skip_reason": "not found"}


def answers(monkeypatch: pytest.MonkeyPatch, *rows: dict[str, object] | None) -> None:
    found = None if rows == (None,) else {"dependencies": list(rows)}
    monkeypatch.setattr(audit, "answered", lambda *words: found)
    monkeypatch.setattr(audit, "front_end_faults", list)


def test_audit__of_packages_without_fault_passes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, KNOWN)
    assert audit.main() == 0
    assert "rien de connu" in capsys.readouterr().out


def test_audit__of_a_faulty_package_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, KNOWN, FAULTY)
    assert audit.main() == 1


@pytest.mark.parametrize("rows", [(None,), (UNKNOWN,)])
def test_audit__without_an_answer_says_so_and_passes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rows: tuple[dict[str, object] | None]
) -> None:
    answers(monkeypatch, *rows)
    assert audit.main() == 0
    assert "non vérifié" in capsys.readouterr().out


def test_audit__gives_up_on_a_command_that_answers_no_json(tmp_path: Path) -> None:
    assert audit.answered("echo", "bonjour") is None
    assert audit.answered("echo", json.dumps({"error": "hors ligne"})) is None
