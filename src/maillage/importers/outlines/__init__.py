"""Official outlines of communes."""

from maillage.importers.outlines.mapping import read_outlines
from maillage.importers.outlines.schema import OutlineRow

__all__ = ["OutlineRow", "read_outlines"]
