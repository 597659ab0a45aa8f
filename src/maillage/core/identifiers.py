"""The numbers that name things in France: SIREN, SIRET, RNA, NAF, waste codes, commune codes.

Each function takes what a person typed, returns the one normal spelling, and raises ``UserMistake`` with a
sentence that says what to mend. A number that lost its leading zero in a spreadsheet finds it again when the
key then agrees.
"""

import re
from enum import StrEnum

from stdnum import luhn

from maillage.core.errors import UserMistake

LA_POSTE = "356000000"

_BLANKS = re.compile(r"[\s\u00a0\u202f\u200b\ufeff.\-]+")
_SCIENTIFIC = re.compile(r"^[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+$")
_RNA = re.compile(r"^W[0-9A-Z]{9}$")
_MUNICIPALITY = re.compile(r"^(?:[0-9]{2}|2[AB])[0-9]{3}$")
_WASTE = re.compile(r"^([0-9]{2})([0-9]{2})([0-9]{2})(\*?)$")


class NafVersion(StrEnum):
    """Nomenclatures of activities, as the SIRENE file names them."""

    REV2 = "NAFRev2"
    NAF2025 = "NAF2025"
    REV1 = "NAFRev1"
    NAF1993 = "NAF1993"
    NAP = "NAP"


_NAF_SHAPES: dict[NafVersion, tuple[re.Pattern[str], str]] = {
    NafVersion.REV2: (re.compile(r"^([0-9]{2})\.?([0-9]{2}[A-Z])$"), "94.99Z"),
    NafVersion.NAF2025: (re.compile(r"^([0-9]{2})\.?([0-9]{2}[A-Z])$"), "94.99Y"),
    NafVersion.REV1: (re.compile(r"^([0-9]{2})\.?([0-9][A-Z])$"), "91.3E"),
    NafVersion.NAF1993: (re.compile(r"^([0-9]{2})\.?([0-9][A-Z])$"), "91.3E"),
    NafVersion.NAP: (re.compile(r"^([0-9]{2})\.?([0-9]{2})$"), "97.23"),
}


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _digits(text: str, *, length: int, name: str, field: str) -> str:
    bare = _BLANKS.sub("", text)
    if _SCIENTIFIC.match(text.strip()):
        raise UserMistake(
            f"Le tableur a arrondi ce {name} (« {_shown(text)} »). Mettez la colonne au format Texte et "
            "saisissez-le de nouveau.",
            field=field,
        )
    if not (bare.isascii() and bare.isdigit()):
        raise UserMistake(
            f"Un {name} ne compte que des chiffres : « {_shown(text)} » en a d’autres signes.", field=field
        )
    if len(bare) > length or (len(bare) < length - 2 and not len(bare) == 9):
        raise UserMistake(f"Un {name} a {length} chiffres, « {_shown(text)} » en a {len(bare)}.", field=field)
    return bare


def siren(text: str) -> str:
    """Return the nine digits of a SIREN (Luhn key checked)."""
    bare = _digits(text, length=9, name="SIREN", field="siren")
    whole = bare.zfill(9)
    if whole == "000000000" or not luhn.is_valid(whole):
        if len(bare) < 9:
            raise UserMistake(f"Un SIREN a 9 chiffres, « {_shown(text)} » en a {len(bare)}.", field="siren")
        raise UserMistake(
            f"Le SIREN « {_shown(text)} » n’est pas valable : un chiffre est faux ou deux sont échangés. "
            "Vérifiez-le sur un document officiel de la structure.",
            field="siren",
        )
    return whole


def _siret_key_agrees(whole: str) -> bool:
    if whole[:9] == "000000000" or not luhn.is_valid(whole[:9]):
        return False
    if luhn.is_valid(whole):
        return True
    return whole.startswith(LA_POSTE) and sum(map(int, whole)) % 5 == 0


def siret(text: str) -> str:
    """Return the fourteen digits of a SIRET: its Luhn key and its SIREN's; La Poste may have a digit sum of
    5 × n.

    Source of La Poste's exception: INSEE's ``validinsee``.
    """
    bare = _digits(text, length=14, name="SIRET", field="siret")
    whole = bare.zfill(14)
    if not _siret_key_agrees(whole):
        if len(bare) < 14:
            hint = " C’est sans doute un SIREN." if len(bare) == 9 and luhn.is_valid(bare) else ""
            raise UserMistake(
                f"Un SIRET a 14 chiffres, « {_shown(text)} » en a {len(bare)}.{hint}", field="siret"
            )
        raise UserMistake(
            f"Le SIRET « {_shown(text)} » n’est pas valable : un chiffre est faux ou deux sont échangés. "
            "Vérifiez-le sur un document officiel de la structure.",
            field="siret",
        )
    return whole


def siren_of(siret_number: str) -> str:
    """Return the SIREN that a SIRET begins with."""
    return siret(siret_number)[:9]


def rna(text: str) -> str:
    """Return a number of the national register of associations: W, then nine digits or letters."""
    bare = _BLANKS.sub("", text).upper()
    if not _RNA.match(bare):
        raise UserMistake(
            f"Un numéro RNA est un W suivi de neuf signes, par exemple W181000001 : « {_shown(text)} » n’en "
            "est pas un. Une association d’Alsace ou de Moselle n’en a pas : laissez alors la case vide.",
            field="rna",
        )
    return bare


def naf(text: str, version: NafVersion | str = NafVersion.REV2) -> str:
    """Return an activity code with its dot (``9499Z`` → ``94.99Z``), in the shape of its nomenclature."""
    shape, example = _NAF_SHAPES[NafVersion(version)]
    found = shape.match(re.sub(r"[\s\u00a0\u202f]+", "", text).upper())
    if not found:
        raise UserMistake(
            f"« {_shown(text)} » n’est pas un code d’activité. Il s’écrit par exemple {example}.", field="naf"
        )
    return f"{found.group(1)}.{found.group(2)}"


def waste_code(text: str) -> str:
    """Return an EU waste code with its spaces and, when hazardous, its star: ``160213*`` → ``16 02 13*``."""
    bare = re.sub(r"[\s\u00a0\u202f.\-]+", "", text)
    found = _WASTE.match(bare.zfill(7) if bare.endswith("*") else bare.zfill(6))
    if not found or not bare:
        raise UserMistake(
            f"« {_shown(text)} » n’est pas un code déchet. Il a six chiffres, et une étoile si le déchet est "
            "dangereux : par exemple 20 01 08 ou 16 02 13*.",
            field="waste_code",
        )
    chapter, group, item, star = found.groups()
    if not 1 <= int(chapter) <= 20 or int(group) == 0 or int(item) == 0:
        raise UserMistake(
            f"Le code déchet « {_shown(text)} » n’existe pas : les chapitres vont de 01 à 20.",
            field="waste_code",
        )
    return f"{chapter} {group} {item}{star}"


def is_hazardous(code: str) -> bool:
    """Tell whether a normalised waste code names a hazardous waste."""
    return code.endswith("*")


def municipality_code(text: str) -> str:
    """Return an INSEE commune code in five characters (``1053`` → ``01053``, ``2a004`` → ``2A004``)."""
    bare = re.sub(r"[\s\u00a0\u202f]+", "", text).upper()
    whole = bare.zfill(5) if 4 <= len(bare) <= 5 else bare
    if not (_MUNICIPALITY.match(whole) and whole.isascii()):
        raise UserMistake(
            f"« {_shown(text)} » n’est pas un code de commune. Le code INSEE a cinq signes, par exemple "
            "18033 ou 2A004 ; ce n’est pas le code postal.",
            field="municipality_code",
        )
    return whole
