"""Which site of an organisation a line speaks of, and what it changes there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.french import fold
from maillage.domain.actors.models import Site
from maillage.domain.actors.operations import SiteFields
from maillage.domain.places.models import Municipality
from maillage.importers.database.plan import Change
from maillage.importers.rows import TypedRow

_LABELS = {
    "municipality": "Commune",
    "siret": "SIRET",
    "address": "Adresse",
    "latitude": "Point sur la carte",
}


@dataclass(slots=True, eq=False)
class KnownSite:
    """A site as it is, or as the lines above will make it; ``pk`` is None until it is written.

    Once a line has spoken of it, a line that says another address speaks of another site.
    """

    pk: int | None
    fields: SiteFields
    is_spoken: bool = False

    def may_be_at(self, address: str | None) -> bool:
        """Whether a line that says this address may speak of it."""
        return not self.is_spoken or not address or fold(address) == fold(self.fields.address)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A site to write: ``site`` holds its values once written."""

    site: KnownSite
    is_new: bool
    changes: tuple[Change, ...]


def known_sites(sites: Sequence[Site]) -> list[KnownSite]:
    """Return the sites of a sheet."""
    return [KnownSite(site.pk, site_fields_of(site)) for site in sites]


def site_fields_of(site: Site) -> SiteFields:
    """Return what is written of a site."""
    return SiteFields(
        municipality=site.municipality,
        name=site.name,
        siret=site.siret,
        address=site.address,
        latitude=site.latitude,
        longitude=site.longitude,
        is_head=site.is_head,
    )


def site_values(row: TypedRow, places: dict[str, Municipality]) -> dict[str, Any]:
    """Return what a line says of a site; the point of the commune is not a point of its own."""
    values: dict[str, Any] = {
        "municipality": places.get(row.text("municipality_code")),
        "siret": row.get("siret"),
        "address": " ".join(row.text("address").split())[:300] or None,
    }
    if not row.get("of_municipality"):
        values |= {"latitude": row.get("latitude"), "longitude": row.get("longitude")}
    return {name: value for name, value in values.items() if value is not None}


def plan_site(sites: list[KnownSite], values: dict[str, Any], *, follows: bool) -> SitePlan | None:
    """Say which site to write, or none; ``sites`` then holds it. ``follows``: the line is known by its reference.

    A site is recognised by its SIRET, else by its commune (and its address when several are there); a line that is
    known by its reference moves the only site that has no SIRET.
    """
    if not values:
        return None
    site = _recognised(sites, values)
    if site is None and follows and len(sites) == 1 and not sites[0].fields.siret:
        site = sites[0]
    if site is None and set(values) <= {"latitude", "longitude", "address"} and sites:
        site = sites[0]
    if site is None:
        site = KnownSite(None, SiteFields(**values, is_head=not sites))
        site.is_spoken = True
        sites.append(site)
        return SitePlan(site, True, (Change("Site ajouté", "", _shown(site.fields)),))
    now, site.is_spoken = site.fields, True
    written = {name: value for name, value in values.items() if getattr(now, name) != value}
    if not written:
        return None
    site.fields = _with(now, written)
    changes = tuple(
        Change(_LABELS[name], _said(getattr(now, name)), _said(value))
        for name, value in written.items()
        if name in _LABELS
    )
    return SitePlan(site, False, changes or (Change("Point sur la carte", "", "déplacé"),))


def _with(fields: SiteFields, written: dict[str, Any]) -> SiteFields:
    from_now = {name: getattr(fields, name) for name in SiteFields.__dataclass_fields__}
    return SiteFields(**(from_now | written))


def _recognised(sites: Sequence[KnownSite], values: dict[str, Any]) -> KnownSite | None:
    siret, town, address = values.get("siret"), values.get("municipality"), values.get("address")
    for site in sites:
        if siret and site.fields.siret == siret:
            return site
    here = [
        site
        for site in sites
        if town is not None
        and site.fields.municipality == town
        and site.may_be_at(address)
        and not (siret and site.fields.siret and site.fields.siret != siret)
    ]
    if len(here) > 1 and address:
        return next((site for site in here if fold(site.fields.address) == fold(address)), None)
    return here[0] if here else None


def _shown(fields: SiteFields) -> str:
    parts = (fields.address, fields.municipality.label if fields.municipality else "", fields.siret or "")
    return ", ".join(part for part in parts if part)


def _said(value: Any) -> str:
    if isinstance(value, Municipality):
        return value.label
    if isinstance(value, float):
        return f"{value:.5f}".replace(".", ",")
    return "" if value is None else str(value)
