"""Tables as people keep them (CSV, XLSX, ODS), read line by line."""

from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.read import open_table
from maillage.importers.tabular.table import Cell, Row, Table

__all__ = ["Cell", "Limits", "Row", "Table", "open_table"]
