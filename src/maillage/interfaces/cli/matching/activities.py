"""What a line without a word still says: its activity code and its kind of inclusion structure.

``activities.csv`` holds our own plain words for the codes of NAF rév. 2 (INSEE) that name a craft; codes such as
« action sociale » or « autres associations » name none and are left out.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CODE = re.compile(r"^([0-9]{2})\.?([0-9]{2}[A-Z])$")
_STAFF = {
    "AI": "mise à disposition de personnel en insertion",
    "ETTI": "intérim d’insertion",
    "EATT": "intérim de travailleurs handicapés",
    "GEIQ": "salariés en alternance par un groupement d’employeurs",
}
_KINDS = {
    "EI": "entreprise d’insertion",
    "ETTI": "entreprise de travail temporaire d’insertion",
    "AI": "association intermédiaire",
    "ACI": "atelier et chantier d’insertion",
    "EITI": "entreprise d’insertion par le travail indépendant",
    "EA": "entreprise adaptée",
    "EATT": "entreprise adaptée de travail temporaire",
    "ESAT": "établissement et service d’aide par le travail",
    "GEIQ": "groupement d’employeurs pour l’insertion et la qualification",
}


@cache
def activities() -> dict[str, str]:
    """Plain words by code, without the dot: ``8130Z``."""
    text = files("maillage.interfaces.cli.matching").joinpath("activities.csv").read_text(encoding="utf-8")
    return {row["code"]: row["words"] for row in csv.DictReader(text.splitlines())}


@dataclass(frozen=True, slots=True)
class Activity:
    """``words``: what can be proposed, empty when nothing says it; ``kind``: the kind of structure, in words."""

    words: str
    kind: str

    @property
    def title(self) -> str:
        """Both, to be shown: « Entretien d’espaces verts (entreprise d’insertion) »."""
        return (
            f"{self.words} ({self.kind})" if self.kind and self.kind not in self.words.lower() else self.words
        )


def activity_of(cells: Iterable[str]) -> Activity:
    """Return what the cells say of an activity.

    >>> activity_of(["ACI", "81.30Z"]).title
    'Entretien d’espaces verts, aménagement paysager (atelier et chantier d’insertion)'
    >>> activity_of(["ACI", "8899B"]).words
    ''
    """
    words, kind, staff = "", "", ""
    for cell in cells:
        said = cell.strip().upper()
        found = _CODE.match(said)
        if found:
            words = words or activities().get(found.group(1) + found.group(2), "")
        elif said in _KINDS:
            kind, staff = _KINDS[said], _STAFF.get(said, "")
    words = staff or words
    return Activity(words[:1].upper() + words[1:], kind)
