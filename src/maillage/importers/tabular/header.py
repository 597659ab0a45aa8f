"""Which line holds the titles of the columns.

Above it people write the name of the list, a date, an empty line; they also write titles on two lines, a
group ("Contact") merged over its columns ("nom", "téléphone"). The first line that is as wide as the table
and made of short texts is taken; a group line is joined to it as « Contact / nom ».
"""

from collections.abc import Collection
from itertools import islice

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.raw import RawTable
from maillage.importers.tabular.table import Cell, Row, Table

_LOOKED_AT = 60
_LONGEST_HEADER = 120


def find_headers(raw: RawTable, *, limits: Limits, vocabulary: Collection[str] = ()) -> Table:
    """Return the table under its headers; raise ``UserMistake`` when no line looks like headers."""
    lines = [row for row in islice(raw.reader(), _LOOKED_AT) if not row.is_empty]
    if not lines:
        raise UserMistake(f"Le fichier « {raw.filename} » ne contient aucune ligne.")
    at = _header_at(lines, frozenset(vocabulary))
    if at is None:
        raise UserMistake(
            f"On ne trouve pas la ligne des titres de colonnes dans « {raw.filename} ». Écrivez un titre en "
            "haut de chaque colonne, par exemple « Nom », « Commune », « Quantité »."
        )
    parts, used = _with_group_lines(lines, at, raw, frozenset(vocabulary))
    headers = _distinct(_joined(parts, lines[at + 1 :]))
    if len(headers) > limits.columns:
        raise UserMistake(
            f"Le fichier « {raw.filename} » a {len(headers)} colonnes ; {limits.columns} au plus se lisent."
        )
    skipped = tuple(_line_text(row) for row in lines if row.line_number < used[0])
    return Table(
        filename=raw.filename,
        kind=raw.kind,
        headers=headers,
        header_lines=used,
        reader=raw.reader,
        sheet=raw.sheet,
        sheets=raw.sheets,
        skipped_lines=skipped,
        notes=raw.notes,
    )


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row.cells)


def _is_title(cell: Cell | None) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADER:
        return False
    return any(char.isalpha() for char in cell) and not cell[0].isdigit() and "@" not in cell


def _looks_like_headers(row: Row) -> bool:
    titles = sum(_is_title(cell) for cell in row.cells)
    return titles >= 1 and titles * 2 > _filled(row) and not _repeats_a_cell(row)


def _repeats_a_cell(row: Row) -> bool:
    texts = [fold(cell) for cell in row.cells if isinstance(cell, str)]
    return len(texts) > 3 and len(set(texts)) * 2 < len(texts)


def _known(row: Row, vocabulary: frozenset[str]) -> int:
    return sum(isinstance(cell, str) and fold(cell) in vocabulary for cell in row.cells)


def _header_at(lines: list[Row], vocabulary: frozenset[str]) -> int | None:
    """Prefer a line that holds two known titles; else the first that is half as wide as the widest."""
    for index, row in enumerate(lines[:30]):
        if _known(row, vocabulary) >= 2 and _known(row, vocabulary) * 3 >= _filled(row):
            return index
    widest = max(_filled(row) for row in lines)
    for index, row in enumerate(lines[:30]):
        if _filled(row) * 2 >= widest and (_filled(row) > 1 or widest <= 2):
            return index if _looks_like_headers(row) else None
    return None


def _with_group_lines(
    lines: list[Row], at: int, raw: RawTable, vocabulary: frozenset[str]
) -> tuple[list[Row], tuple[int, ...]]:
    """Join to the header line the group line just above or the detail line just below, if there is one."""
    header = lines[at]
    if at and _is_group_line(lines[at - 1], header, raw):
        return [_spread(lines[at - 1], header, raw), header], (lines[at - 1].line_number, header.line_number)
    if at + 1 < len(lines) and _is_detail_line(header, lines[at + 1], raw, vocabulary):
        below = lines[at + 1]
        return [_spread(header, below, raw), below], (header.line_number, below.line_number)
    return [header], (header.line_number,)


def _is_group_line(above: Row, header: Row, raw: RawTable) -> bool:
    if above.line_number != header.line_number - 1 or _filled(above) >= _filled(header):
        return False
    cells = [cell for cell in above.cells if cell is not None]
    if not all(_is_title(cell) and ":" not in str(cell) for cell in cells):
        return False
    spans = [end[1] - start[1] + 1 for start, end in raw.merged if start[0] == above.line_number - 1]
    if spans:
        return max(spans) < _filled(header)
    return len(cells) >= 2


def _is_detail_line(header: Row, below: Row, raw: RawTable, vocabulary: frozenset[str]) -> bool:
    if below.line_number != header.line_number + 1:
        return False
    if not all(_is_title(cell) for cell in below.cells if cell is not None):
        return False
    width = max(len(header.cells), len(below.cells))
    up, down = _padded(header, width), _padded(below, width)
    filled_gaps = sum(above is None and under is not None for above, under in zip(up, down, strict=True))
    if not filled_gaps:
        return False
    on_header = any(
        start[0] == header.line_number - 1 < end[0] + 1 and end[1] > start[1] for start, end in raw.merged
    )
    left_blank = sum(above is not None and under is None for above, under in zip(up, down, strict=True))
    return on_header or (left_blank >= 1 and _known(below, vocabulary) >= 1)


def _padded(row: Row, width: int) -> tuple[Cell | None, ...]:
    return row.cells + (None,) * (width - len(row.cells))


def _spread(group: Row, below: Row, raw: RawTable) -> Row:
    """Repeat each group title over the columns it covers: those merged, else up to the next title."""
    width = max(len(group.cells), len(below.cells))
    cells, under = list(_padded(group, width)), _padded(below, width)
    merged = {start[1]: end[1] for start, end in raw.merged if start[0] == group.line_number - 1}
    current: Cell | None = None
    until = -1
    for column in range(width):
        if cells[column] is not None:
            current = cells[column]
            until = merged.get(column, column if merged else width)
        elif column <= until and under[column] is not None:
            cells[column] = current
    return Row(group.line_number, tuple(cells))


def _joined(parts: list[Row], following: list[Row]) -> list[str]:
    width = max(len(row.cells) for row in parts)
    data_width = max((_last_filled(row) for row in following), default=0)
    titles = []
    for column in range(max(width, data_width)):
        words = [
            str(row.cells[column])
            for row in parts
            if column < len(row.cells) and row.cells[column] is not None
        ]
        titles.append(" / ".join(" ".join(word.split()) for word in dict.fromkeys(words)))
    while len(titles) > data_width and titles and not titles[-1]:
        titles.pop()
    return titles


def _last_filled(row: Row) -> int:
    return max((index + 1 for index, cell in enumerate(row.cells) if cell is not None), default=0)


def _distinct(titles: list[str]) -> tuple[str, ...]:
    """Name the columns without title and number the repeated titles."""
    seen: set[str] = set()
    headers = []
    for position, title in enumerate(titles, start=1):
        name = title[:_LONGEST_HEADER] or f"Colonne {position}"
        candidate, times = name, 1
        while candidate in seen:
            times += 1
            candidate = f"{name} ({times})"
        seen.add(candidate)
        headers.append(candidate)
    return tuple(headers)


def _line_text(row: Row) -> str:
    text = " ".join(str(cell) for cell in row.cells if cell is not None)
    return text if len(text) <= 200 else text[:199] + "…"
