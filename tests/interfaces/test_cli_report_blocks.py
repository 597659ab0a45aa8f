"""The offline page made of blocks holds everything, says what was checked, and is never half-written."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from maillage.interfaces.cli.report import blocks
from maillage.interfaces.cli.report.blocks import (
    Certificate,
    Fact,
    Figure,
    Page,
    Prose,
    Reason,
    Reasons,
    Section,
    Table,
    render,
    write_page,
)
from maillage.interfaces.drawing.figure import Table as Rows
from maillage_engine.certify.proof import Check, Proof
from tests.interfaces.drawings import HOSTILE, one_of_each

PROOF = Proof(
    (Check("feasible", True, "12 lignes relues"), Check("bound", True)), 41.5, 41.5, 0.0, "ab" * 32, "0.1"
)
VOID = {"meta", "br", "path", "rect", "line", "circle", "link"}


def page(label: str = "Cantine", rows: int = 3, proof: Proof = PROOF) -> Page:
    """Return a page with every block; ``label`` goes everywhere."""
    table = Rows(label, ("Nom", "t"), tuple((label, at + 0.5) for at in range(rows)), ("Ensemble", rows / 2))
    return Page(
        title=label,
        lead=label,
        facts=(Fact(label, label),),
        sections=(
            Section(label, (Prose((label,), (label,), label), Table(table)), label),
            Section("Dessins", tuple(Figure(one) for one in one_of_each(label))),
            Section("Pourquoi", (Reasons((Reason(label, (label,), (label,), (label,), (label,), label),)),)),
        ),
        certificate=Certificate.of(proof, names={"feasible": label}, unit="t", facts=((label, label),)),
        day=date(2026, 11, 1),
        notes=(label,),
    )


class _Reader(HTMLParser):
    """Gathers what a page would fetch, its identifiers, and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.identifiers: list[str] = []
        self.named: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "href", "srcset", "action", "data", "poster"} and not (value or "").startswith(
                "#"
            ):
                self.fetched.append(f"{tag} {name}={value}")
            if name == "id":
                self.identifiers.append(value or "")
            if name.startswith("aria-") and name.endswith("by"):
                self.named.append(value or "")
            assert not name.startswith("on")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_blocks__the_page_asks_nothing_of_anybody_and_closes_its_tags() -> None:
    text, reader = render(page()), _Reader()
    reader.feed(text)
    assert reader.fetched == []
    assert reader.open == []
    assert "<script" not in text
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|//cdn", text)
    assert all(found.startswith("#") for found in re.findall(r"url\(([^)]*)\)", text))


def test_blocks__identifiers_are_unique_and_names_lead_to_them() -> None:
    reader = _Reader()
    reader.feed(render(page()))
    assert len(reader.identifiers) == len(set(reader.identifiers))
    assert set(reader.named) <= set(reader.identifiers)


def test_blocks__escapes_what_people_write() -> None:
    text, reader = render(page(HOSTILE)), _Reader()
    reader.feed(text)
    assert reader.open == []
    assert "<script" not in text
    assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)" in text
    text.encode()


def test_blocks__the_certificate_says_in_words_what_was_checked() -> None:
    text = render(page("Aucune capacité n’est dépassée")).replace("\u00a0", " ")
    assert "2 vérifications faites, aucun écart." in text
    assert "<i>Vérifié </i><span>Aucune capacité n’est dépassée" in text
    assert "aucun : c’est prouvé, on ne peut pas faire mieux" in text
    assert "41,5 t" in text
    assert PROOF.digest in text


def test_blocks__a_gap_and_a_failure_are_said_plainly() -> None:
    proof = Proof((Check("feasible", False, "ligne 3"), Check("bound", True)), 40.0, 42.0, 0.05, "ab", "0.1")
    text = render(page(proof=proof)).replace("\u00a0", " ")
    assert "1 vérification échoue sur 2." in text
    assert "<i>Échec </i>" in text
    assert "5 % au plus" in text
    bare = render(page(proof=Proof((), 40.0, None, None, "ab", "0.1"))).replace("\u00a0", " ")
    assert "Rien n’a été vérifié." in bare
    assert "on ne sait pas si l’on pourrait faire mieux" in bare


def test_blocks__french_spaces_and_day() -> None:
    text = render(page("Qui répond ? Personne : 12 t"))
    assert "Qui répond\u202f? Personne\u00a0: 12\u00a0t" in text
    assert "1er novembre 2026" in text


def test_blocks__shows_less_rather_than_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LARGEST_BYTES", 120_000)
    write_page(tmp_path / "r.html", page(rows=3_000))
    text = (tmp_path / "r.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert (tmp_path / "r.html").stat().st_size <= 120_000
    assert "lignes sur 3 000" in text


def test_blocks__leaves_the_old_page_whole_when_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r.html"
    target.write_text("ancienne", encoding="utf-8")

    def stopped(draft: Path, content: bytes) -> int:
        with draft.open("wb") as half:
            half.write(content[: len(content) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_page(target, page())
    assert target.read_text(encoding="utf-8") == "ancienne"
    assert list(tmp_path.iterdir()) == [target]


def test_blocks__gives_the_same_page_twice(tmp_path: Path) -> None:
    write_page(tmp_path / "a.html", page())
    write_page(tmp_path / "b.html", page())
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_blocks__an_empty_page_still_stands() -> None:
    reader = _Reader()
    reader.feed(render(Page("Rien à dire", "")))
    assert reader.open == []
