"""What is kept of a result of the search."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteRow:
    """The head office."""

    siret: str
    address: str
    postcode: str
    municipality_code: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise; flags are None when the source does not say."""

    siren: str
    name: str
    short_name: str
    legal_category: str
    naf: str
    naf_version: str
    staff_band: str
    rna: str
    is_active: bool
    is_social_economy: bool | None
    is_inclusion: bool | None
    inclusion_types: tuple[str, ...]
    is_association: bool | None
    is_local_authority: bool | None
    head: SiteRow | None
