"""How much a table may hold: beyond, a sentence says what to do rather than a server that falls."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest sizes that are read.

    ``cell_characters`` is what a spreadsheet accepts in one cell (32,767, Excel's specification);
    ``field_characters`` is where reading a CSV stops, because a quotation mark was surely left open.
    ``unzipped_bytes``, ``ratio`` and ``members`` guard against workbooks that swell when opened;
    ``workbook_cells`` counts the rectangle of a sheet.
    """

    columns: int = 500
    cell_characters: int = 32_767
    field_characters: int = 16_000_000
    file_bytes: int = 2_048 * MEBIBYTE
    workbook_bytes: int = 100 * MEBIBYTE
    unzipped_bytes: int = 400 * MEBIBYTE
    ratio: int = 250
    ratio_from_bytes: int = 10 * MEBIBYTE
    members: int = 5_000
    workbook_cells: int = 5_000_000
    workbook_text_bytes: int = 400 * MEBIBYTE
