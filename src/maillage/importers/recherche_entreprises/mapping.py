"""From the answer's JSON to rows; a result whose numbers are false is told, not kept."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.importers.recherche_entreprises.fetch import results
from maillage.importers.recherche_entreprises.schema import EnterpriseRow, SiteRow
from maillage.importers.rows import Fault

_INCLUSION_TYPES = frozenset({"EI", "ETTI", "AI", "ACI", "EITI", "GEIQ", "EA", "EATT", "ESAT"})


def read_results(
    source: Path | BinaryIO,
    *,
    municipalities: Collection[str] | None = None,
    only_social_economy: bool = False,
) -> tuple[list[EnterpriseRow], list[Fault]]:
    """Return the enterprises whose head office is in these communes, and what is wrong; each SIREN once."""
    kept: dict[str, EnterpriseRow] = {}
    faults: list[Fault] = []
    for number, result in enumerate(results(source), start=1):
        try:
            row = _enterprise(result)
        except UserMistake as mistake:
            faults.append(
                Fault(number, mistake.field or "siren", str(result.get("siren", ""))[:60], mistake.message)
            )
            continue
        if only_social_economy and row.is_social_economy is not True:
            continue
        if municipalities is not None and (
            row.head is None or row.head.municipality_code not in municipalities
        ):
            continue
        kept.setdefault(row.siren, row)
    return list(kept.values()), faults


def _enterprise(result: dict[str, Any]) -> EnterpriseRow:
    extras = result.get("complements") or {}
    naf, version = _activity(result)
    rna = _text(extras, "identifiant_association")
    return EnterpriseRow(
        siren=identifiers.siren(_text(result, "siren")),
        name=_text(result, "nom_raison_sociale") or _text(result, "nom_complet"),
        short_name=_text(result, "sigle"),
        legal_category=_text(result, "nature_juridique"),
        naf=naf,
        naf_version=version,
        staff_band=_text(result, "tranche_effectif_salarie") or "NN",
        rna=identifiers.rna(rna) if rna.upper().startswith("W") else "",
        is_active=_text(result, "etat_administratif") in {"A", ""},
        is_social_economy=_flag(extras, "est_ess"),
        is_inclusion=_flag(extras, "est_siae"),
        inclusion_types=_inclusion(extras),
        is_association=_flag(extras, "est_association"),
        is_local_authority=(extras["collectivite_territoriale"] is not None)
        if "collectivite_territoriale" in extras
        else None,
        head=_head(result.get("siege") or {}),
    )


def _head(site: dict[str, Any]) -> SiteRow | None:
    siret, commune = _text(site, "siret"), _text(site, "commune")
    if not siret or not commune:
        return None
    latitude, longitude = _degrees(site, "latitude", 90), _degrees(site, "longitude", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    return SiteRow(
        siret=identifiers.siret(siret),
        address=_text(site, "adresse"),
        postcode=_text(site, "code_postal"),
        municipality_code=identifiers.municipality_code(commune),
        latitude=latitude,
        longitude=longitude,
    )


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return "" if value is None or value == "[NON-DIFFUSIBLE]" else str(value).strip()


def _flag(holder: dict[str, Any], name: str) -> bool | None:
    value = holder.get(name)
    return value if isinstance(value, bool) else None


def _degrees(site: dict[str, Any], name: str, most: int) -> float | None:
    try:
        value = float(_text(site, name))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def _inclusion(extras: dict[str, Any]) -> tuple[str, ...]:
    said = extras.get("type_siae") or ()
    return tuple(one for one in said if one in _INCLUSION_TYPES) if isinstance(said, list | tuple) else ()


def _activity(result: dict[str, Any]) -> tuple[str, str]:
    code = _text(result, "activite_principale")
    if not code:
        return "", ""
    return identifiers.naf(code), identifiers.NafVersion.REV2.value
