"""Needs, offers and the pairs known to be right, whatever the shape of the three files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.interfaces.cli.evaluating.grid import Grid, read_grid

NEED_TITLES = ("besoin", "requete", "query", "question", "need")
OFFER_TITLES = ("offre", "document", "reponse", "offer", "doc")
TEXT_TITLES = (
    "texte",
    "text",
    "titre",
    "description",
    "libelle",
    "intitule",
    "nom",
    "appellation",
    "contenu",
)
ID_TITLES = ("id", "identifiant", "numero", "n°", "code", "ref", "reference")
NEED_IDS = ("besoin_id", "id_besoin", "requete_id", "id_requete", "query_id", "qid", "need_id", "query-id")
OFFER_IDS = ("offre_id", "id_offre", "document_id", "id_document", "doc_id", "docid", "offer_id", "corpus-id")
RELEVANCE = ("pertinence", "note", "score", "relevance", "rel", "label")
LONGEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class Texts:
    """``ids``: one a text, the number of its line (from 1) when the file gives none."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]

    def places(self) -> Mapping[str, list[int]]:
        """Return where each id, each text and each line number is found, in this order of preference."""
        found: dict[str, list[int]] = {}
        for keys in (self.ids, tuple(fold(one).strip() for one in self.texts)):
            fresh: dict[str, list[int]] = {}
            for row, key in enumerate(keys):
                fresh.setdefault(key, []).append(row)
            found = {**fresh, **found}
        for row in range(len(self.ids)):
            found.setdefault(str(row + 1), [row])
        return found


def read_texts(path: Path, *, offers: bool) -> Texts:
    """Read needs or offers: one text a line, or a table whose text and id columns are found by title or content."""
    grid = read_grid(path)
    wanted = (*(OFFER_TITLES if offers else NEED_TITLES), *TEXT_TITLES)
    ids = (*(OFFER_IDS if offers else NEED_IDS), *ID_TITLES)
    below = _has_titles(grid, (*wanted, *ids, *(NEED_TITLES if offers else OFFER_TITLES)))
    width = max(len(line) for line in grid.lines)
    id_place = _titled(grid, ids) if below else None
    place = _titled(grid, wanted) if below else None
    if place is None:
        place = max(
            (at for at in range(width) if at != id_place or width == 1),
            key=lambda at: sum(len(one) for one in grid.values(at, below_titles=below)),
        )
    texts = grid.values(place, below_titles=below)
    if width == 1 and id_place is None:
        ids_found = [str(row + 1) for row in range(len(texts))]
    else:
        ids_found = _ids(grid, id_place, place, below=below, rows=len(texts))
    rows = [(one, text) for one, text in zip(ids_found, texts, strict=True) if text.strip()]
    if not rows:
        raise UserMistake(f"« {path.name} » : aucun texte sous les titres.")
    return Texts(tuple(one for one, _ in rows), tuple(text for _, text in rows))


def read_truth(path: Path, needs: Texts, offers: Texts) -> tuple[tuple[int, ...], ...]:
    """Return the rows of the right offers of each need, () when none is said.

    A cell is an id, a text, or the number of a line. Pairs whose relevance is 0 are not right. Raises
    ``UserMistake`` when no pair is found, or one names something that is in neither file.
    """
    grid = read_grid(path)
    need_at, offer_at = needs.places(), offers.places()
    first, second = _titled(grid, (*NEED_TITLES, *NEED_IDS)), _titled(grid, (*OFFER_TITLES, *OFFER_IDS))
    relevance = _titled(grid, RELEVANCE)
    first = 0 if first is None else first
    second = (1 if first == 0 else 0) if second is None else second
    right: list[dict[int, None]] = [{} for _ in needs.texts]
    for number, line in enumerate(grid.lines):
        cells = [fold(line[at]).strip() if at < len(line) else "" for at in (first, second)]
        some, others = (
            _found(places, cell, line, at)
            for places, cell, at in ((need_at, cells[0], first), (offer_at, cells[1], second))
        )
        if not some or not others:
            if number == 0:
                continue  # titles
            where = f"« {line[first] if first < len(line) else ''} » → « {line[second] if second < len(line) else ''} »"
            raise UserMistake(
                f"« {path.name} », ligne {number + 1} : {where} ne se retrouve pas dans les deux autres fichiers. "
                "Donnez un identifiant, le texte exact ou le numéro de ligne (1 pour la première)."
            )
        if relevance is not None and line[relevance : relevance + 1] in (("0",), ("0.0",), ("non",)):
            continue
        for need in some:
            right[need].update(dict.fromkeys(others))
    if not any(right):
        raise UserMistake(f"« {path.name} » : aucune paire juste.")
    return tuple(tuple(rows) for rows in right)


def _found(places: Mapping[str, list[int]], cell: str, line: Sequence[str], at: int) -> list[int]:
    exact = line[at].strip() if at < len(line) else ""
    return places.get(exact) or places.get(cell) or []


def _titled(grid: Grid, titles: Sequence[str]) -> int | None:
    heads = [fold(title).strip() for title in grid.lines[0]]
    singular = [head.removesuffix("s") for head in heads]
    for title in titles:
        for some in (heads, singular):
            if title in some:
                return some.index(title)
    return None


def _has_titles(grid: Grid, known: Sequence[str]) -> bool:
    return len(grid.lines) > 1 and _titled(grid, known) is not None


def _ids(grid: Grid, id_place: int | None, text_place: int, *, below: bool, rows: int) -> list[str]:
    width = max(len(line) for line in grid.lines)
    if id_place is not None and id_place != text_place:
        return grid.values(id_place, below_titles=below)
    for at in range(width):
        values = grid.values(at, below_titles=below)
        short = all(len(one) <= LONGEST_TITLE for one in values)
        if at != text_place and short and all(values) and len(set(values)) == rows:
            return values
    return [str(row + 1) for row in range(rows)]
