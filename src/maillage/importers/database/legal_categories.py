"""INSEE's legal categories (« catégories juridiques », levels II and III, edition of September 2022) as our forms.

Only the categories that name one of our forms are told; another is « autre ». The longest prefix decides.
"""

from maillage.domain.actors.enums import LegalForm

_BY_PREFIX: dict[str, str] = {
    "10": LegalForm.SOLE_TRADER,
    "52": LegalForm.COMPANY,
    "53": LegalForm.COMPANY,
    "54": LegalForm.COMPANY,
    "55": LegalForm.COMPANY,
    "56": LegalForm.COMPANY,
    "57": LegalForm.COMPANY,
    "5458": LegalForm.SCOP,
    "5558": LegalForm.SCOP,
    "5658": LegalForm.SCOP,
    "5460": LegalForm.COOPERATIVE,
    "5560": LegalForm.COOPERATIVE,
    "5660": LegalForm.COOPERATIVE,
    "51": LegalForm.COOPERATIVE,
    "63": LegalForm.COOPERATIVE,
    "6533": LegalForm.FARM,
    "6597": LegalForm.FARM,
    "6598": LegalForm.FARM,
    "41": LegalForm.PUBLIC_BODY,
    "73": LegalForm.PUBLIC_BODY,
    "7210": LegalForm.MUNICIPALITY,
    "7220": LegalForm.DEPARTMENT,
    "7230": LegalForm.REGION,
    "7343": LegalForm.INTERMUNICIPAL,
    "7344": LegalForm.INTERMUNICIPAL,
    "7346": LegalForm.INTERMUNICIPAL,
    "7348": LegalForm.INTERMUNICIPAL,
    "7354": LegalForm.MIXED_BODY,
    "7355": LegalForm.MIXED_BODY,
    "7410": LegalForm.GIP,
    "82": LegalForm.MUTUAL,
    "92": LegalForm.ASSOCIATION,
    "9223": LegalForm.EMPLOYERS_GROUP,
    "93": LegalForm.FOUNDATION,
}


def legal_form_of(category: str) -> str:
    """Return our form for a four-figure category; « autre » when none of ours fits, nothing when it is not said."""
    if not category:
        return ""
    for length in (4, 2):
        if category[:length] in _BY_PREFIX:
            return _BY_PREFIX[category[:length]]
    return LegalForm.OTHER
