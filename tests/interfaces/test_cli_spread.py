"""``--processus`` and ``--grappe``: where it is computed changes nothing to what is written."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.interfaces.cli.exit_codes import ExitCode
from tests.interfaces.cli_case import CommandLine


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def pairs(cli: CommandLine) -> Path:
    """Forty needs, seven offers."""
    lines = ["need,offer,value,need_qty,offer_qty"]
    lines += [f"b{row},o{row % 7},{1 + row % 3},{4 + row % 5},12" for row in range(40)]
    return cli.file("\n".join(lines) + "\n", "arcs.csv")


def told(cli: CommandLine, pairs: Path, *words: str) -> dict[str, Any]:
    """What the command writes, seconds apart."""
    out = cli.folder / "r.json"
    ran = cli("allocate", pairs, "--sortie", out, *words)
    assert ran.code == ExitCode.OK, ran.err
    return {key: value for key, value in json.loads(out.read_text("utf-8")).items() if key != "seconds"}


def test_allocate__on_two_processes_writes_the_same(cli: CommandLine, pairs: Path) -> None:
    assert told(cli, pairs, "--processus", "2") == told(cli, pairs)


def test_match__on_two_processes_writes_the_same(cli: CommandLine) -> None:
    cli.match("--sortie", cli.folder / "one.csv")
    cli.match("--sortie", cli.folder / "two.csv", "--processus", "2")
    assert (cli.folder / "one.csv").read_bytes() == (cli.folder / "two.csv").read_bytes()


def test_allocate__on_processes_and_on_a_cluster_at_once_is_refused(cli: CommandLine, pairs: Path) -> None:
    ran = cli("allocate", pairs, "--processus", "2", "--grappe", "tcp://127.0.0.1:9")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "pas les deux" in ran.err


def test_allocate__on_a_cluster_that_does_not_answer_says_so(
    cli: CommandLine, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage_engine.scale.dask_cluster.CONNECT_SECONDS", 1)
    ran = cli("allocate", pairs, "--grappe", "tcp://127.0.0.1:9")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "ordonnanceur" in ran.err
