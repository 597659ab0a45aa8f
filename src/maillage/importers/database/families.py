"""The family of an organisation when the file does not say it; the line always tells how it was understood."""

from maillage.core.french import NBSP
from maillage.domain.actors.enums import ActorFamily, LegalForm
from maillage.importers.rows import TypedRow

# Loi n° 2014-856, art. 1: associations, cooperatives, mutual societies and foundations are of the social economy
# by their form. A company or a farm may be, by its statutes: a file must then say it.
_BY_FORM: dict[str, str] = {
    **dict.fromkeys(
        (
            LegalForm.ASSOCIATION,
            LegalForm.FOUNDATION,
            LegalForm.MUTUAL,
            LegalForm.SCOP,
            LegalForm.SCIC,
            LegalForm.COOPERATIVE,
        ),
        ActorFamily.SOCIAL,
    ),
    **dict.fromkeys((LegalForm.COMPANY, LegalForm.SOLE_TRADER, LegalForm.FARM), ActorFamily.BUSINESS),
    **dict.fromkeys(
        (
            LegalForm.MUNICIPALITY,
            LegalForm.INTERMUNICIPAL,
            LegalForm.DEPARTMENT,
            LegalForm.REGION,
            LegalForm.MIXED_BODY,
        ),
        ActorFamily.AUTHORITY,
    ),
}


def family_of(row: TypedRow, default: str) -> tuple[str, str]:
    """Return the family, and the sentence that says where it comes from."""
    form = row.text("legal_form")
    if row.get("inclusion_type"):
        return ActorFamily.SOCIAL, _sentence(ActorFamily.SOCIAL, "d’après le type d’insertion")
    if form in _BY_FORM:
        return _BY_FORM[form], _sentence(_BY_FORM[form], "d’après la forme juridique")
    return default, _sentence(default, "comme vous l’avez choisi pour ce fichier")


def _sentence(family: str, why: str) -> str:
    label = ActorFamily(family).label
    return f"La famille n’est pas dite : «{NBSP}{label}{NBSP}», {why}."
