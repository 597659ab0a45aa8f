"""The installation learns the types when what they depend on changed, and never over somebody's own model."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def learned() -> list[str]:
    return []


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, learned: list[str]) -> ModuleType:
    """The script, whose learning only writes a file."""
    spec = importlib.util.spec_from_file_location("install_script", ROOT / "tools" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def learn() -> None:
        (tmp_path / "models").mkdir(exist_ok=True)
        (tmp_path / "models" / "types.npz").write_bytes(b"model")
        learned.append("once")

    monkeypatch.setattr(script, "type_model", learn)
    return script


def later(path: Path) -> None:
    """Make a file one second newer than it is."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000_000))


def test_install__learns_once(install: ModuleType, tmp_path: Path, learned: list[str]) -> None:
    install.learn_types(tmp_path)
    install.learn_types(tmp_path)
    assert learned == ["once"]


@pytest.mark.parametrize("change", ["model", "digest"])
def test_install__learns_again_what_is_gone_or_out_of_date(
    change: str, install: ModuleType, tmp_path: Path, learned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install.learn_types(tmp_path)
    if change == "model":
        (tmp_path / "models" / "types.npz").unlink()
    else:
        monkeypatch.setattr(install, "model_digest", str)
    install.learn_types(tmp_path)
    assert len(learned) == 2


def test_install__leaves_a_model_trained_since(
    install: ModuleType, tmp_path: Path, learned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    install.learn_types(tmp_path)
    monkeypatch.setattr(install, "model_digest", str)
    later(tmp_path / "models" / "types.npz")
    install.learn_types(tmp_path)
    assert learned == ["once"]
