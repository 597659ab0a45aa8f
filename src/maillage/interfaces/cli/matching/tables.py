"""The result as a table: one line an answer, and one line for each need that nothing answers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from maillage.importers.export import write_table
from maillage.interfaces.cli.matching.answers import CRITERIA_FR, Answer, Found
from maillage.interfaces.cli.matching.line import Line

HEADERS = (
    *("Besoin n°", "Besoin", "Structure du besoin", "Commune du besoin", "Rang"),
    *("Offre n°", "Offre", "Structure de l’offre", "Commune de l’offre", "Accord", "Distance (km)"),
    *("Pour", "À vérifier", "Contre", "Rien trouvé, parce que"),
    *(f"{label} (0 à 1000)" for label in CRITERIA_FR.values()),
    *("Total (0 à 1000)", "latitude", "longitude"),
)
NONE_AT_ALL = "Aucune offre dans le fichier."


def write_answers(path: Path, found: Found, needs: Sequence[Line], offers: Sequence[Line]) -> None:
    """Write by the ending of the name; the point is that of the offer, or of the need when nothing answers."""
    write_table(path, HEADERS, rows(found, needs, offers))


def rows(found: Found, needs: Sequence[Line], offers: Sequence[Line]) -> Iterator[list[Any]]:
    """Yield the lines in the order of the needs, then of the ranks."""
    for one in found.needs:
        need = needs[one.need]
        start = [need.key, need.title, need.organisation, need.municipality]
        for answer in one.answers:
            yield [*start, *_answer_cells(answer, offers[answer.offer])]
        if not one.answers:
            why = " ".join(one.refused.sentences) if one.refused else NONE_AT_ALL
            nearest = offers[one.refused.offer] if one.refused else None
            blank = [None] * 10 if nearest is None else [None, *_nearest_cells(nearest)]
            yield [*start, *blank, why, *[None] * (len(CRITERIA_FR) + 1), need.latitude, need.longitude]


def _answer_cells(answer: Answer, offer: Line) -> list[Any]:
    kilometres = None if answer.distance_m < 0 else round(answer.distance_m / 1000, 1)
    return [
        *(answer.rank, offer.key, offer.title, offer.organisation, offer.municipality),
        *(answer.verdict, kilometres),
        *(" ; ".join(said) for said in (answer.reasons.pros, answer.reasons.checks, answer.reasons.cons)),
        None,
        *(answer.criteria[code] for code in CRITERIA_FR),
        *(answer.score, offer.latitude, offer.longitude),
    ]


def _nearest_cells(offer: Line) -> list[Any]:
    """The refused offer that came nearest."""
    return [offer.key, offer.title, offer.organisation, offer.municipality, "Refusée", None, None, None, None]
