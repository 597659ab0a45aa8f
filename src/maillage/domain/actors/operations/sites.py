"""Creates, updates and removes the sites of an organisation; one of them is its head."""

from dataclasses import dataclass
from dataclasses import fields as columns
from typing import Any

from django.db import transaction

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy
from maillage.domain.actors.models import Organisation, Site
from maillage.domain.places.models import Municipality


@dataclass(frozen=True, slots=True)
class SiteFields:
    """What one may write of a site."""

    municipality: Municipality | None = None
    name: str = ""
    siret: str | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_head: bool = False


@transaction.atomic
def create_site(*, organisation: Organisation, fields: SiteFields) -> Site:
    """Create a site; the first one is the head, and a new head takes the place of the old one."""
    values = _checked(organisation, fields)
    values["is_head"] = fields.is_head or not organisation.sites.exists()
    if values["is_head"]:
        organisation.sites.filter(is_head=True).update(is_head=False)
    with friendly_refusals():
        return Site.objects.create(organisation=organisation, **values)


@transaction.atomic
def update_site(*, site: Site, fields: SiteFields) -> Site:
    """Write what differs; the head stays the head until another takes its place."""
    values = _checked(site.organisation, fields)
    if values.pop("is_head") and not site.is_head:
        set_head_site(site=site)
    changed = [name for name, value in values.items() if getattr(site, name) != value]
    for name in changed:
        setattr(site, name, values[name])
    if changed:
        with friendly_refusals():
            site.save(update_fields=changed)
    return site


@transaction.atomic
def set_head_site(*, site: Site) -> Site:
    """Make this site the head of its organisation."""
    Site.objects.filter(organisation_id=site.organisation_id, is_head=True).exclude(pk=site.pk).update(
        is_head=False
    )
    site.is_head = True
    site.save(update_fields=["is_head"])
    return site


@transaction.atomic
def remove_site(*, site: Site) -> None:
    """Remove a site; when it was the head, the oldest other one becomes it."""
    organisation_id, was_head = site.organisation_id, site.is_head
    site.delete()
    other = Site.objects.filter(organisation_id=organisation_id).order_by("pk").first()
    if was_head and other is not None:
        set_head_site(site=other)


def _checked(organisation: Organisation, fields: SiteFields) -> dict[str, Any]:
    values: dict[str, Any] = {one.name: getattr(fields, one.name) for one in columns(fields)}
    for name in ("name", "address"):
        values[name] = tidy(values[name])
    values["siret"] = identifiers.siret(fields.siret) if fields.siret else None
    if values["siret"] and organisation.siren and not values["siret"].startswith(organisation.siren):
        raise UserMistake(
            f"Le SIRET {values['siret']} n’est pas d’un site de cette structure : son SIREN est {organisation.siren}. "
            "Vérifiez le numéro, ou notez l’autre structure.",
            field="siret",
        )
    for name, limit in (("latitude", 90), ("longitude", 180)):
        if values[name] is not None and abs(values[name]) > limit:
            raise UserMistake(f"La {name} va de −{limit} à {limit} degrés.", field=name)
    check_fields(Site, values)
    return values
