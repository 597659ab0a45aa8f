import json
from pathlib import Path

import pytest

from maillage.interfaces.cli.allocating import orlib
from maillage.interfaces.cli.allocating.orlib import solve_file
from maillage.interfaces.cli.certified import NotCertified
from maillage_engine.certify.proof import Check, Proof

CAP = "2 3\n 9 10.\n 9 1.\n 4 0. 8.\n 4 4. 4.\n 4 8. 0.\n"
KEYS = {
    "cost",
    "bound",
    "gap",
    "seconds",
    "status",
    "certificate",
    "open",
    "flows",
    "alternatives",
    "others_bound",
}


@pytest.fixture
def cap(tmp_path: Path) -> Path:
    path = tmp_path / "cap1.txt"
    path.write_text(CAP, encoding="utf-8")
    return path


def test_cli_allocate__a_cap_file_gives_what_others_can_check(cap: Path) -> None:
    answer = solve_file(cap, seconds=10, seed=0)
    assert set(answer) == KEYS | {"sentences"}
    assert (answer["status"], answer["open"]) == ("optimal", [1, 2])
    assert answer["cost"] == pytest.approx(15.0)
    assert answer["certificate"]["valid"]
    assert sum(flow["quantity"] for flow in answer["flows"]) == pytest.approx(12.0)
    json.dumps(answer, allow_nan=False)


def test_cli_allocate__an_impossible_file_is_written_without_infinity(cap: Path) -> None:
    answer = solve_file(cap, capacity=5.0)
    assert (answer["status"], answer["cost"], answer["open"]) == ("infeasible", None, [])
    assert "il manque 2 de capacité" in answer["sentences"][0]
    json.dumps(answer, allow_nan=False)


def test_cli_allocate__an_answer_whose_certificate_fails_is_never_shown(
    cap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Proof((Check("cost", False, "annoncé 1, recompté 2"),), 2.0, None, None, "", "1.0")
    monkeypatch.setattr(orlib, "certify_facility", lambda *_: refused)
    with pytest.raises(NotCertified, match="annoncé 1, recompté 2"):
        solve_file(cap)
