"""Saved answers of the State's search of enterprises."""

import io
import json
from typing import Any

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.recherche_entreprises import read_results

RESULT: dict[str, Any] = {
    "siren": "200034528",
    "nom_complet": "CI&EL (CIEL)",
    "nom_raison_sociale": "CI&EL",
    "nature_juridique": "9220",
    "activite_principale": "94.99Z",
    "tranche_effectif_salarie": "11",
    "etat_administratif": "A",
    "siege": {
        "siret": "20003452800014",
        "adresse": "3 RUE DES ECOLES 45200 MONTARGIS",
        "code_postal": "45200",
        "commune": "45208",
        "latitude": "47.99",
        "longitude": "2.73",
    },
    "complements": {
        "est_ess": True,
        "est_siae": True,
        "type_siae": ["ACI"],
        "identifiant_association": "W452000001",
    },
}


def _file(document: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(document).encode())


def test_results__an_enterprise_and_its_head_office() -> None:
    (row,), faults = read_results(_file({"results": [RESULT], "total_results": 1}))
    assert (row.siren, row.name, row.naf, row.rna) == ("200034528", "CI&EL", "94.99Z", "W452000001")
    assert (row.is_social_economy, row.inclusion_types) == (True, ("ACI",))
    assert row.head is not None
    assert (row.head.municipality_code, row.head.latitude) == ("45208", 47.99)
    assert faults == []


def test_results__pages_and_lines_are_read_and_each_siren_once() -> None:
    pages, _ = read_results(_file([{"results": [RESULT]}, {"results": [RESULT]}]))
    lines, _ = read_results(io.BytesIO((json.dumps(RESULT) + "\n" + json.dumps(RESULT)).encode()))
    assert len(pages) == len(lines) == 1


def test_results__are_filtered_by_commune_and_by_social_economy() -> None:
    ordinary = {**RESULT, "siren": "356000000", "complements": {"est_ess": False}, "siege": {}}
    document = {"results": [RESULT, ordinary]}
    assert len(read_results(_file(document), only_social_economy=True)[0]) == 1
    assert read_results(_file(document), municipalities={"18033"})[0] == []


def test_results__a_false_number_is_told_and_the_others_kept() -> None:
    rows, faults = read_results(_file({"results": [{**RESULT, "siren": "200034582"}, RESULT]}))
    assert len(rows) == 1
    assert [(fault.line, fault.cell) for fault in faults] == [(1, "200034582")]


@pytest.mark.parametrize("content", [b"bonjour", b"[]", b'{"results":[]}', b"[1, 2]"])
def test_results__another_file_is_told(content: bytes) -> None:
    with pytest.raises(UserMistake, match=r"JSON lisible|aucun résultat"):
        read_results(io.BytesIO(content))
