"""The report is one page that holds everything, says it in words, and stays light."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from maillage.domain.catalogue.files import read_catalogue
from maillage.importers.municipalities import Gazetteer
from maillage.interfaces.cli.matching.answers import find
from maillage.interfaces.cli.matching.problem import build_problem
from maillage.interfaces.cli.matching.reading import read_file
from maillage.interfaces.cli.report import Place, Told, page, write_report
from maillage_engine.text import LexicalEncoder
from tests.importers.places import gazetteer
from tests.interfaces.cli_case import NEEDS, OFFERS

DAY = date(2026, 11, 1)


@pytest.fixture
def communes(tmp_path: Path) -> Gazetteer:
    return gazetteer(tmp_path / "node_modules")


def _told(folder: Path, communes: Gazetteer, *, needs: str = NEEDS, offers: str = OFFERS) -> Told:
    files = []
    for name, side, text in (("b.csv", "needs", needs), ("o.csv", "offers", offers)):
        (folder / name).write_text(text, encoding="utf-8")
        files.append(read_file(folder / name, side, gazetteer=communes, catalogue=read_catalogue()))  # type: ignore[arg-type]  # the two names of sides
    problem = build_problem(
        files[0].lines, files[1].lines, catalogue=read_catalogue(), encoder=LexicalEncoder(), today=DAY
    )
    ground = [Place(47.08, 2.4, "Bourges", 64_000), Place(47.22, 2.07, "Vierzon", 0)]
    return Told(*files, find(problem, k=10), "lexical", DAY, "Cher", ground)


class _Reader(HTMLParser):
    """Gathers what a page would fetch, and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "href", "srcset", "action", "data", "poster"} and not (value or "").startswith(
                "#"
            ):
                self.fetched.append(f"{tag} {name}={value}")
        if tag not in {"meta", "input", "link", "br", "path", "use"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"path", "use"}:
            assert self.open.pop() == tag


def test_report__asks_nothing_of_anybody(tmp_path: Path, communes: Gazetteer) -> None:
    text = page.render(_told(tmp_path, communes))
    reader = _Reader()
    reader.feed(text)
    assert reader.fetched == []
    assert reader.open == []
    assert not re.search(r"https?://|url\(|@import|//cdn", text)


def test_report__says_title_date_engine_and_digest(tmp_path: Path, communes: Gazetteer) -> None:
    told = _told(tmp_path, communes)
    text = page.render(told).replace("\u00a0", " ")
    assert "3 besoins sur 3 ont une piste." in text
    assert "1er novembre 2026" in text
    assert told.found.result.digest in text


def test_report__says_reasons_and_why_not(tmp_path: Path, communes: Gazetteer) -> None:
    text = page.render(_told(tmp_path, communes)).replace("\u00a0", " ")
    assert "couvre tout le besoin (12 t)" in text
    assert "Pourquoi pas « " in text
    assert "Ce qui n’a rien trouvé" in text


def test_report__escapes_what_people_write(tmp_path: Path, communes: Gazetteer) -> None:
    needs = "Intitulé;Structure\nNettoyage de locaux <script>alert(1)</script>;Ci&el\n"
    text = page.render(_told(tmp_path, communes, needs=needs))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "Ci&amp;el" in text


def test_report__says_what_found_nothing_and_what_would_change_it(
    tmp_path: Path, communes: Gazetteer
) -> None:
    needs = "Intitulé;Latitude;Longitude;Distance maximale (km)\nNettoyage de locaux;43,6;1,44;20\n"
    offers = "Intitulé;Commune\nNettoyage de locaux;Bourges\n"
    text = page.render(_told(tmp_path, communes, needs=needs, offers=offers)).replace("\u00a0", " ")
    assert "Aucun besoin n’a encore de piste." in text
    assert "Trop loin" in text
    assert "Il faudrait accepter" in text


def test_report__is_drawn_with_points_links_and_a_scale(tmp_path: Path, communes: Gazetteer) -> None:
    text = page.render(_told(tmp_path, communes)).replace("\u00a0", " ")
    assert '<svg class="map"' in text
    assert "Vierzon : 1 offre" in text
    assert re.search(r"<text x=\"4\" y=\"-8\">\d+ km</text>", text)


def test_report__lives_without_a_place(tmp_path: Path, communes: Gazetteer) -> None:
    bare = "Intitulé\nNettoyage de locaux\n"
    text = page.render(_told(tmp_path, communes, needs=bare, offers=bare))
    assert '<svg class="map"' not in text
    assert "lieu à préciser" in text


def test_report__shows_less_rather_than_grow(
    tmp_path: Path, communes: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"N-{row};Nettoyage de locaux de la salle {row};Bourges\n" for row in range(1_200))
    told = _told(tmp_path, communes, needs=f"Référence;Intitulé;Commune\n{lines}")
    monkeypatch.setattr(page, "LARGEST_BYTES", 1_300_000)
    write_report(tmp_path / "r.html", told)
    text = (tmp_path / "r.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert (tmp_path / "r.html").stat().st_size <= 1_300_000
    assert "la page montre les 1 000 premiers besoins" in text


def test_report__gives_the_same_page_twice(tmp_path: Path, communes: Gazetteer) -> None:
    told = _told(tmp_path, communes)
    assert page.render(told) == page.render(told)
