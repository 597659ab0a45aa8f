"""What was typed in the forms of a structure, as the room understands it, or the sentences that say what to mend."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite, nan
from typing import Any

from maillage.core import identifiers
from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation, Pole, Site
from maillage.domain.actors.operations import OrganisationFields, SiteFields, fields_of
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.actors.forms import KeptForm, OrganisationForm, SiteForm
from maillage.interfaces.web.exchanges.where import Where, municipality_typed

_KEPT_FROM_THE_SHEET = ("source", "source_id")
_PLAIN = {
    "email": "Ce courriel n’est pas complet. Il s’écrit par exemple contact@exemple.fr.",
    "website": "Cette adresse n’est pas complète. Elle s’écrit par exemple https://exemple.fr.",
}
_FIELD_OF = {"name": "site_name", "naf": "naf_code"}


@dataclass(slots=True)
class Reading:
    """The values to write, and what is wrong by field."""

    mistakes: dict[str, str] = field(default_factory=dict)
    where: Where = field(default_factory=Where)

    def checked(self, name: str, text: str, check: Callable[[str], str]) -> str:
        """Return the normal spelling of a number; note the sentence when it is wrong, and keep the text."""
        if not text:
            return ""
        try:
            return check(text)
        except UserMistake as mistake:
            self.mistakes[name] = mistake.message
            return text

    def number(self, name: str, text: str) -> float | None:
        """Return a decimal number, with a comma or a point."""
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = nan
        if isfinite(value):
            return value
        self.mistakes[name] = "Écrivez un nombre de degrés, par exemple 47,0833."
        return None

    def take(self, refused: UserMistakes | UserMistake) -> None:
        """Note what the room refuses, an address in plain words."""
        found = (
            refused.by_field if isinstance(refused, UserMistakes) else {refused.field or "": refused.message}
        )
        for name, sentence in found.items():
            self.mistakes[name or "__all__"] = _PLAIN.get(name, sentence)


def form_mistakes(form: KeptForm) -> dict[str, str]:
    """Return what the form itself refuses: dates, lists."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


def read_organisation(
    form: OrganisationForm, reading: Reading, *, organisation: Organisation | None = None
) -> OrganisationFields:
    """Return the sheet as typed; what the form does not show keeps its value."""
    dates = form.cleaned_data
    code, version = form.text("naf_code"), form.text("naf_version") or identifiers.NafVersion.REV2.value
    if version not in set(identifiers.NafVersion):
        version = identifiers.NafVersion.REV2.value
    kept: dict[str, Any] = {}
    if organisation is not None:
        known = fields_of(organisation)
        kept = {name: getattr(known, name) for name in _KEPT_FROM_THE_SHEET}
    if not form.text("name"):
        reading.mistakes["name"] = "Donnez le nom de la structure."
    if not form.text("family"):
        reading.mistakes["family"] = (
            "Dites de quelle famille elle est. En cas de doute, choisissez la plus proche."
        )
    return OrganisationFields(
        name=form.text("name"),
        family=form.text("family"),
        short_name=form.text("short_name"),
        legal_form=form.text("legal_form"),
        siren=reading.checked("siren", form.text("siren"), identifiers.siren) or None,
        rna=reading.checked("rna", form.text("rna"), identifiers.rna),
        ess_ground=form.text("ess_ground"),
        inclusion_type=form.text("inclusion_type"),
        esus_until=dates.get("esus_until"),
        naf_code=reading.checked("naf_code", code, lambda text: identifiers.naf(text, version)),
        naf_version=version if code else "",
        staff_band=form.text("staff_band") or "NN",
        description=form.text("description"),
        website=_with_scheme(form.text("website")),
        email=form.text("email"),
        phone=form.text("phone"),
        is_fictional=bool(dates.get("is_fictional")),
        verified_on=dates.get("verified_on"),
        **kept,
    )


def read_site(form: SiteForm, reading: Reading, *, pole: Pole) -> SiteFields:
    """Return the site as typed."""
    reading.where = _where(form, pole)
    if reading.where.mistake:
        reading.mistakes["municipality"] = reading.where.mistake
    return SiteFields(
        municipality=reading.where.municipality,
        name=form.text("site_name"),
        siret=reading.checked("siret", form.text("siret"), identifiers.siret) or None,
        address=form.text("address"),
        latitude=reading.number("latitude", form.text("latitude")),
        longitude=reading.number("longitude", form.text("longitude")),
        is_head=form.text("is_head") != "",
    )


def says_a_place(fields: SiteFields) -> bool:
    """Whether anything was said of the head site of a new structure."""
    return any((fields.municipality, fields.name, fields.siret, fields.address, fields.latitude))


def site_field(name: str | None) -> str:
    """Return the field of the form that a mistake of the room speaks of."""
    return _FIELD_OF.get(name or "", name or "__all__")


def _where(form: SiteForm, pole: Pole) -> Where:
    chosen = choices.municipality_coded(form.text("municipality"))
    if chosen is not None:
        return Where(chosen, chosen.label)
    text = form.text("municipality_text")[:100]
    return municipality_typed(text, pole=pole) if text else Where()


def _with_scheme(address: str) -> str:
    return f"https://{address}" if address and "://" not in address else address


def organisation_initial(organisation: Organisation) -> dict[str, Any]:
    """Return a sheet back into the fields of its form."""
    known = fields_of(organisation)
    return {name: getattr(known, name) for name in OrganisationForm.base_fields if hasattr(known, name)}


def site_initial(site: Site) -> dict[str, Any]:
    """Return a site back into the fields of its form."""
    return {
        "municipality": site.municipality_id or "",
        "address": site.address,
        "siret": site.siret or "",
        "site_name": site.name,
        "latitude": "" if site.latitude is None else f"{site.latitude}".replace(".", ","),
        "longitude": "" if site.longitude is None else f"{site.longitude}".replace(".", ","),
        "is_head": site.is_head,
    }
