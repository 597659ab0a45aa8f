"""The stock files of SIRENE, INSEE's register of enterprises, read in a stream."""

from maillage.importers.sirene.mapping import read_establishments, read_legal_units
from maillage.importers.sirene.schema import EstablishmentRow, Filter, LegalUnitRow

__all__ = ["EstablishmentRow", "Filter", "LegalUnitRow", "read_establishments", "read_legal_units"]
