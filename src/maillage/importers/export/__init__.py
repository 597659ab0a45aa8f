"""Write tables that open without danger or surprise in a French spreadsheet, and points for a map."""

from maillage.importers.export.geojson import write_geojson
from maillage.importers.export.safe import safe_cell
from maillage.importers.export.tables import write_csv, write_json, write_table, write_xlsx

__all__ = ["safe_cell", "write_csv", "write_geojson", "write_json", "write_table", "write_xlsx"]
