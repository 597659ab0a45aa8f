"""Results of the State's search of enterprises (« recherche d’entreprises »)."""

from maillage.importers.recherche_entreprises.mapping import read_results
from maillage.importers.recherche_entreprises.schema import EnterpriseRow, SiteRow

__all__ = ["EnterpriseRow", "SiteRow", "read_results"]
