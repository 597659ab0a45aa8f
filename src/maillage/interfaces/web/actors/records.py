"""The directory as a table to take away: what the pages show, and nothing that they hide."""

from collections.abc import Callable
from typing import Any

from maillage.domain.actors.enums import (
    ActorFamily,
    LegalForm,
    NafVersion,
    SocialEconomyGround,
    StaffBand,
)
from maillage.domain.actors.queries import DirectoryRecord
from maillage.interfaces.web.takeaway import Takeaway

_FAMILIES = dict(ActorFamily.choices)
_FORMS = dict(LegalForm.choices)
_NAF = dict(NafVersion.choices)
_GROUNDS = dict(SocialEconomyGround.choices)
_STAFF = dict(StaffBand.choices)
Reading = Callable[[DirectoryRecord], Any]


def _commune(record: DirectoryRecord) -> Any:
    return record.site.municipality if record.site else None


def _body(record: DirectoryRecord) -> Any:
    commune = _commune(record)
    return commune.intermunicipal_body if commune else None


_COLUMNS: tuple[tuple[str, str, Reading], ...] = (
    ("numero", "Numéro", lambda one: one.organisation.pk),
    ("nom", "Nom", lambda one: one.organisation.name),
    ("sigle", "Sigle", lambda one: one.organisation.short_name),
    ("famille", "Famille", lambda one: _FAMILIES[one.organisation.family]),
    (
        "forme",
        "Forme",
        lambda one: _FORMS.get(one.organisation.legal_form, ""),
    ),
    ("siren", "SIREN", lambda one: one.organisation.siren or ""),
    ("siret", "SIRET du siège", lambda one: (one.site.siret if one.site else "") or ""),
    ("rna", "RNA", lambda one: one.organisation.rna),
    ("naf", "Code d’activité", lambda one: one.organisation.naf_code),
    (
        "nomenclature",
        "Nomenclature",
        lambda one: _NAF.get(one.organisation.naf_version, ""),
    ),
    ("insertion", "Insertion, handicap", lambda one: one.organisation.inclusion_type),
    (
        "titre_ess",
        "À quel titre dans l’ESS",
        lambda one: _GROUNDS.get(one.organisation.ess_ground, ""),
    ),
    ("esus_jusquau", "ESUS jusqu’au", lambda one: one.organisation.esus_until),
    ("effectif", "Effectif", lambda one: _STAFF[one.organisation.staff_band]),
    ("description", "En une phrase", lambda one: one.organisation.description),
    ("adresse", "Adresse", lambda one: one.site.address if one.site else ""),
    ("commune", "Commune", lambda one: _commune(one).name if _commune(one) else ""),
    ("code_commune", "Code commune", lambda one: _commune(one).code if _commune(one) else ""),
    ("epci", "Intercommunalité", lambda one: _body(one).name if _body(one) else ""),
    ("latitude", "Latitude", lambda one: one.point.latitude if one.point else None),
    ("longitude", "Longitude", lambda one: one.point.longitude if one.point else None),
    (
        "point_precis",
        "Point précis",
        lambda one: not one.point.approximate if one.point else None,
    ),
    ("membre_depuis", "Membre depuis", lambda one: one.member_since),
    ("college", "Collège", lambda one: one.college),
    ("partenaire", "Partenaire", lambda one: one.is_partner),
    ("site", "Site", lambda one: one.organisation.website),
    ("courriel", "Courriel", lambda one: one.email),
    ("telephone", "Téléphone", lambda one: one.phone),
    ("verifiee_le", "Vérifiée le", lambda one: one.organisation.verified_on),
    ("inventee", "Inventée", lambda one: one.organisation.is_fictional),
)

DIRECTORY: Takeaway[DirectoryRecord] = Takeaway("Structures", _COLUMNS)
