"""The report: one page that holds everything it needs, readable without any network."""

from maillage.interfaces.cli.report.map import Place
from maillage.interfaces.cli.report.page import Told, write_report

__all__ = ["Place", "Told", "write_report"]
