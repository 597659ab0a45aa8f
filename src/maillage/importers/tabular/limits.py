"""How much a table may hold: beyond, a sentence says what to do rather than a server that falls."""

from dataclasses import dataclass

from maillage.core.archives import MEBIBYTE, ArchiveLimits


@dataclass(frozen=True, slots=True)
class Limits(ArchiveLimits):
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
    workbook_cells: int = 5_000_000
    workbook_text_bytes: int = 400 * MEBIBYTE
