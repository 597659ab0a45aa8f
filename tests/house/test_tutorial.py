"""The tutorial says what the screens say: pictures, words of buttons, names of the demonstration, example file."""

import re
import struct
from pathlib import Path
from typing import Any

import yaml

from maillage.importers.demonstration.read import DATA
from maillage.importers.dry_run import DryRun, dry_run
from maillage.importers.mapping import propose
from maillage.importers.schemas import SCHEMAS
from maillage.importers.tabular import open_table

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = ROOT / "docs" / "tutorials"
TEXT = (TUTORIALS / "premiers-pas.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())
WEB = ROOT / "src" / "maillage" / "interfaces" / "web"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
BUTTON = re.compile(r"\*\*([^*]+)\*\*")
NAME = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
HEAVIEST = 3_000_000


def _tried() -> DryRun:
    table = open_table(TUTORIALS / "exemple-besoins.csv", vocabulary=SCHEMAS["needs"].vocabulary)
    return dry_run(table, propose(table.headers, SCHEMAS["needs"], table.sample()))


def _entries(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = [data["pole"]] if "pole" in data else []
    return found + [*data.get("intents", []), *data.get("organisations", [])]


def _width(picture: Path) -> int:
    return int(struct.unpack(">I", picture.read_bytes()[16:20])[0])


def test_pictures__exist_with_their_width_and_a_text() -> None:
    found = PICTURE.findall(TEXT)
    assert len(found) >= 6
    for said, target in found:
        picture = (TUTORIALS / target).resolve()
        assert said
        assert picture.exists(), target
        assert _width(picture) == int(picture.stem.rsplit("-", 1)[1])


def test_pictures__stay_light() -> None:
    assert sum(one.stat().st_size for one in (ROOT / "docs" / "images").glob("*.png")) < HEAVIEST


def test_buttons__are_named_as_on_the_screen() -> None:
    sources = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    screens = " ".join(" ".join(one.read_text(encoding="utf-8").split()) for one in sources)
    screens = screens.replace("&nbsp;", " ").replace(" ?", " ?")
    assert [said for said in set(BUTTON.findall(FLAT)) if said.rstrip(" ?") not in screens] == []


def test_names__are_those_of_the_demonstration_or_of_the_example() -> None:
    known = {
        str(said)
        for file in DATA.glob("*.yaml")
        for one in _entries(yaml.safe_load(file.read_text(encoding="utf-8")))
        for said in (one.get("title"), one.get("name"))
    }
    known |= {row.get("title") for row in _tried().rows} | {"Cinq composteurs pour le jardin de la crèche"}
    assert [said for said in set(NAME.findall(FLAT.replace("**", ""))) if said not in known] == []


def test_example__has_exactly_the_fault_that_the_tutorial_shows() -> None:
    tried = _tried()
    assert (tried.lines_read, len(tried.rows), tried.faulty_lines) == (5, 4, 1)
    [fault] = tried.blocking
    assert f"| {fault.sentence} | {fault.column} | {fault.line} |" in TEXT


def test_example__needs_no_correction_of_its_columns() -> None:
    assert _tried().mapping.unmapped == ()
