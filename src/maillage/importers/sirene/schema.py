"""Rows and columns of the SIRENE stock files."""

from dataclasses import dataclass

LEGAL_UNIT_COLUMNS = (
    "siren",
    "etatAdministratifUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "sigleUniteLegale",
    "nomUniteLegale",
    "prenom1UniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "trancheEffectifsUniteLegale",
    "identifiantAssociationUniteLegale",
    "statutDiffusionUniteLegale",
)
ESTABLISHMENT_COLUMNS = (
    "siren",
    "siret",
    "etatAdministratifEtablissement",
    "etablissementSiege",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "numeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "codeCommuneEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "trancheEffectifsEtablissement",
    "statutDiffusionEtablissement",
)
REQUIRED_LEGAL_UNIT = ("siren", "etatAdministratifUniteLegale", "economieSocialeSolidaireUniteLegale")
REQUIRED_ESTABLISHMENT = ("siren", "siret", "etatAdministratifEtablissement", "codeCommuneEtablissement")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is kept: communes (all when None), SIREN (all when None), the social economy only, active only.

    A person who asked INSEE not to diffuse their data (status P or N) is never kept.
    """

    municipalities: frozenset[str] | None = None
    sirens: frozenset[str] | None = None
    only_social_economy: bool = False
    only_active: bool = True


@dataclass(frozen=True, slots=True)
class LegalUnitRow:
    """A legal unit; ``social_economy`` is None when INSEE does not say."""

    siren: str
    name: str
    short_name: str
    legal_category: str
    naf: str
    naf_version: str
    social_economy: bool | None
    staff_band: str
    rna: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class EstablishmentRow:
    """An establishment; the name is its sign or usual name, empty when it only has its legal unit's."""

    siret: str
    siren: str
    name: str
    address: str
    postcode: str
    municipality_code: str
    naf: str
    naf_version: str
    staff_band: str
    is_head: bool
    is_active: bool
