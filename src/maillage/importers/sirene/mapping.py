"""From the lines of the stock files to rows, filtered on the way."""

from collections.abc import Iterator
from pathlib import Path

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.importers.sirene.fetch import Line, lines
from maillage.importers.sirene.schema import (
    ESTABLISHMENT_COLUMNS,
    LEGAL_UNIT_COLUMNS,
    REQUIRED_ESTABLISHMENT,
    REQUIRED_LEGAL_UNIT,
    EstablishmentRow,
    Filter,
    LegalUnitRow,
)

_HIDDEN = "[ND]"


def read_legal_units(path: Path, keep: Filter | None = None) -> Iterator[LegalUnitRow]:
    """Yield the legal units (``StockUniteLegale``) that the filter keeps; communes do not apply to them."""
    keep = keep or Filter()
    for line in lines(path, LEGAL_UNIT_COLUMNS, REQUIRED_LEGAL_UNIT):
        active = line["etatAdministratifUniteLegale"] == "A"
        social = {"O": True, "N": False}.get(line["economieSocialeSolidaireUniteLegale"])
        if keep.only_active and not active:
            continue
        if keep.only_social_economy and social is not True:
            continue
        if keep.sirens is not None and line["siren"] not in keep.sirens:
            continue
        if line.get("statutDiffusionUniteLegale", "O") in {"P", "N"}:
            continue
        yield _legal_unit(line, active, social)


def _legal_unit(line: Line, active: bool, social: bool | None) -> LegalUnitRow:
    naf, version = _activity(
        line, "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale"
    )
    person = " ".join(_said(line, name) for name in ("prenom1UniteLegale", "nomUniteLegale"))
    return LegalUnitRow(
        siren=line["siren"].zfill(9),
        name=_said(line, "denominationUniteLegale")
        or _said(line, "denominationUsuelle1UniteLegale")
        or person.strip(),
        short_name=_said(line, "sigleUniteLegale"),
        legal_category=_said(line, "categorieJuridiqueUniteLegale"),
        naf=naf,
        naf_version=version,
        social_economy=social,
        staff_band=_said(line, "trancheEffectifsUniteLegale") or "NN",
        rna=_said(line, "identifiantAssociationUniteLegale"),
        is_active=active,
    )


def read_establishments(path: Path, keep: Filter | None = None) -> Iterator[EstablishmentRow]:
    """Yield the establishments (``StockEtablissement``) that the filter keeps.

    The flag of the social economy is on the legal unit: read those first and pass their SIREN in
    ``Filter.sirens``.
    """
    keep = keep or Filter()
    for line in lines(path, ESTABLISHMENT_COLUMNS, REQUIRED_ESTABLISHMENT):
        if keep.municipalities is not None and line["codeCommuneEtablissement"] not in keep.municipalities:
            continue
        active = line["etatAdministratifEtablissement"] == "A"
        if keep.only_active and not active:
            continue
        if keep.sirens is not None and line["siren"].zfill(9) not in keep.sirens:
            continue
        if line.get("statutDiffusionEtablissement", "O") in {"P", "N"}:
            continue
        yield _establishment(line, active)


def _establishment(line: Line, active: bool) -> EstablishmentRow:
    naf, version = _activity(
        line, "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement"
    )
    street = (_said(line, f"{part}Etablissement") for part in ("numeroVoie", "typeVoie", "libelleVoie"))
    return EstablishmentRow(
        siret=line["siret"].zfill(14),
        siren=line["siren"].zfill(9),
        name=_said(line, "enseigne1Etablissement") or _said(line, "denominationUsuelleEtablissement"),
        address=" ".join(part for part in street if part),
        postcode=_said(line, "codePostalEtablissement"),
        municipality_code=line["codeCommuneEtablissement"],
        naf=naf,
        naf_version=version,
        staff_band=_said(line, "trancheEffectifsEtablissement") or "NN",
        is_head=_said(line, "etablissementSiege").lower() == "true",
        is_active=active,
    )


def _said(line: Line, column: str) -> str:
    value = line.get(column, "").strip()
    return "" if value == _HIDDEN else value


def _activity(line: Line, column: str, nomenclature: str) -> tuple[str, str]:
    """Return the code with its dot and its nomenclature; a code that is not of its nomenclature is left out."""
    code, version = _said(line, column), _said(line, nomenclature) or identifiers.NafVersion.REV2.value
    version = identifiers.NafVersion.NAF2025.value if version == "NAF25" else version
    if not code or version not in {one.value for one in identifiers.NafVersion}:
        return "", ""
    try:
        return identifiers.naf(code, version), version
    except UserMistake:
        return "", ""
