"""Where to open: which sites, and who is served from where, at the least cost, proved."""

from maillage_engine.methods.facility.places import Place, Site
from maillage_engine.methods.facility.problem import FacilityProblem
from maillage_engine.methods.facility.result import FacilityResult, Opening
from maillage_engine.methods.facility.solve import open_sites, prepare

__all__ = ["FacilityProblem", "FacilityResult", "Opening", "Place", "Site", "open_sites", "prepare"]
