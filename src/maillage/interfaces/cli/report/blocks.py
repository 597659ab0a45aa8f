"""One offline page made of blocks: facts, prose, tables, figures, reasons, certificate. What every command's report is.

page = Page("Titre.", "Chapeau.", facts=(Fact("3", "besoins"),), sections=(
    Section("Qui répond à qui", "D’où vient ce dessin.", (Figure(sankey(nodes, links, title="…")),)),
), certificate=Certificate.of(proof, names={"flow": "Rien n’est pris deux fois"}), day=today)
write_page(path, page)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeAlias

from markupsafe import Markup

from maillage.core.french import number, plural
from maillage.interfaces.cli.report.surround import asset, day_said, drawing_style, environment
from maillage.interfaces.cli.whole_file import whole
from maillage.interfaces.drawing import figure, words

LARGEST_BYTES = 10_000_000
CUTS = (2_000, 500, 100, 20, 5)
"""Rows of a table that are shown, fewer and fewer until the page is light enough."""
MOST_LINES = 1_000
"""Lines of a list of reasons that are shown at most, before any cut."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure in large, and what it counts: ``Fact("37 sur 52", "besoins ont une réponse")``."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs; ``lines`` make a plain list under them; ``note`` is set apart, on a soft ground."""

    paragraphs: tuple[str, ...]
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a long one is folded, a very long one is cut and says so."""

    table: figure.Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its twin."""

    drawing: figure.Drawing


@dataclass(frozen=True, slots=True)
class Reason:
    """One subject and why: reasons for, to check, against; ``change`` is what would help."""

    subject: str
    for_: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Several subjects, one under another."""

    subjects: tuple[Reason, ...]


Block: TypeAlias = Prose | Table | Figure | Reasons


@dataclass(frozen=True, slots=True)
class Section:
    """A title in the margin, a sentence under it, and blocks; ``source`` is where the figures or words come from."""

    title: str
    blocks: tuple[Block, ...]
    intro: str = ""
    source: str = ""


class CheckLike(Protocol):
    """What is read of a check of the engine."""

    @property
    def name(self) -> str: ...
    @property
    def passed(self) -> bool: ...
    @property
    def detail(self) -> str: ...


class ProofLike(Protocol):
    """What is read of a proof of the engine."""

    @property
    def checks(self) -> Sequence[CheckLike]: ...
    @property
    def objective(self) -> float: ...
    @property
    def bound(self) -> float | None: ...
    @property
    def gap(self) -> float | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def engine_version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was checked, in words."""

    words: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, in plain French; ``facts`` are further lines (engine, seed, method, seconds)."""

    checks: tuple[Checked, ...]
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    unit: str = ""
    digest: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        proof: ProofLike,
        *,
        names: Mapping[str, str] | None = None,
        unit: str = "",
        facts: Sequence[tuple[str, str]] = (),
    ) -> "Certificate":
        """Return the certificate of a proof; ``names`` say each check in French (its own name when it is not there)."""
        said = names or {}
        checks = tuple(Checked(said.get(one.name, one.name), one.passed, one.detail) for one in proof.checks)
        return cls(
            checks,
            proof.objective,
            proof.bound,
            proof.gap,
            unit,
            proof.digest,
            (("Moteur", proof.engine_version), *facts),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    title: str
    lead: str
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    certificate: Certificate | None = None
    day: date | None = None
    notes: tuple[str, ...] = field(default=())


def write_page(path: Path, page: Page) -> None:
    """Write one file that needs nothing else; the old one stays whole until the new one is.

    Past ``LARGEST_BYTES`` tables and lists are cut, and say so.
    """
    content = b""
    for rows in CUTS:
        content = render(page, most_rows=rows).encode("utf-8", errors="replace")
        if len(content) <= LARGEST_BYTES:
            break
    with whole(path) as draft:
        draft.write_bytes(content)


def render(page: Page, *, most_rows: int = CUTS[0]) -> str:
    """Return the page."""
    context = {
        "page": page,
        "day": day_said(page.day) if page.day else "",
        "most": most_rows,
        "most_lines": min(most_rows, MOST_LINES),
        "kind": lambda block: type(block).__name__,
        "figure_html": lambda block: block.drawing.figure(most_rows=most_rows),
        "table_html": lambda block: _table(block.table, most_rows),
        "proved": _proved(page.certificate) if page.certificate else None,
        "style": asset("report.css") + asset("blocks.css") + drawing_style(),
    }
    return environment().get_template("blocks.html").render(context)


def _table(table: figure.Table, most: int) -> Markup:
    return figure.twin(table, most=most, label=table.caption)


def _proved(said: Certificate) -> dict[str, object]:
    """Say in plain French what the certificate is worth."""
    failed = sum(not one.passed for one in said.checks)
    count = len(said.checks)
    if failed:
        verb = plural(failed, "vérification échoue", "vérifications échouent")
        verdict = f"{number(failed)} {verb} sur {number(count)}."
    elif count:
        verdict = (
            f"{number(count)} {plural(count, 'vérification faite', 'vérifications faites')}, aucun écart."
        )
    else:
        verdict = "Rien n’a été vérifié."
    lines = []
    if said.objective is not None:
        lines.append(("Valeur recalculée ligne à ligne", words.said(said.objective, said.unit)))
        lines.append(("Borne prouvée", _bound(said)))
        lines.append(("Écart", _gap(said)))
    return {"verdict": verdict, "lines": lines}


def _bound(said: Certificate) -> str:
    if said.bound is None:
        return "aucune : on ne sait pas si l’on pourrait faire mieux"
    return words.said(said.bound, said.unit)


def _gap(said: Certificate) -> str:
    if said.gap is None:
        return "inconnu"
    if said.gap <= 1e-6:
        return "aucun : c’est prouvé, on ne peut pas faire mieux"
    return f"{words.said(100 * said.gap)} % au plus : une meilleure réponse peut exister, pas au-delà"
