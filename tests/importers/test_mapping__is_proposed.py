"""Which column feeds which field."""

import json

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.mapping import Mapping, propose
from maillage.importers.schemas import FLOWS, NEEDS, ORGANISATIONS, SCHEMAS
from maillage.importers.tabular import Row


def _fields(mapping: Mapping) -> list[str | None]:
    return [choice.field for choice in mapping.choices]


def test_mapping__approximate_headers_of_organisations() -> None:
    headers = ["Nom de la Structure", "N° SIRET", "CP", "Ville", "E-mail", "Tél.", "Catégorie"]
    assert _fields(propose(headers, ORGANISATIONS)) == [
        "name",
        "siret",
        "postcode",
        "municipality",
        "email",
        "phone",
        "family",
    ]


def test_mapping__approximate_headers_of_needs_in_any_order() -> None:
    headers = ["Commentaires", "Qté", "Fréquence", "Besoin", "Structure", "Km max", "Couleur du dossier"]
    expected = ["words", "quantity", "period", "title", "organisation", "reach_km", None]
    assert _fields(propose(headers, NEEDS)) == expected


def test_mapping__approximate_headers_of_flows() -> None:
    headers = [
        "Entreprise",
        "Sens (E/S)",
        "Matière",
        "Quantité annuelle (t)",
        "Code déchet",
        "Dangereux ?",
        "Coût (€/t)",
    ]
    expected = ["organisation", "direction", "title", "quantity", "waste_code", "hazardous", "price"]
    assert _fields(propose(headers, FLOWS)) == expected


def test_mapping__labels_and_names_of_every_schema_find_themselves() -> None:
    for schema in SCHEMAS.values():
        names = [column.name for column in schema.columns]
        assert _fields(propose([column.label for column in schema.columns], schema)) == names
        assert _fields(propose(names, schema)) == names


def test_mapping__one_field_takes_one_column() -> None:
    mapping = propose(["Nom", "Nom (2)", "Raison sociale"], ORGANISATIONS)
    assert _fields(mapping).count("name") == 1


def test_mapping__content_decides_where_the_header_does_not() -> None:
    rows = [Row(2, ("x", "20003452800014")), Row(3, ("y", "356 000 000 00048"))]
    assert _fields(propose(["A", "Numéro officiel"], ORGANISATIONS, rows)) == [None, "siret"]


def test_mapping__content_that_never_reads_is_not_proposed() -> None:
    rows = [Row(line, ("Paul", "grand")) for line in range(2, 12)]
    assert "email" not in _fields(propose(["Mail", "Taille"], ORGANISATIONS, rows))


def test_mapping__correction_takes_the_field_from_the_other_column() -> None:
    mapping = propose(["Nom", "Enseigne"], ORGANISATIONS).corrected("Enseigne", "name")
    assert _fields(mapping) == [None, "name"]
    assert mapping.unmapped == ("Nom",)


def test_mapping__unknown_field_or_header_is_refused() -> None:
    mapping = propose(["Nom"], ORGANISATIONS)
    with pytest.raises(UserMistake, match="champ"):
        mapping.corrected("Nom", "couleur")
    with pytest.raises(UserMistake, match="colonne"):
        mapping.corrected("Prénom", "name")


def test_mapping__is_remembered_for_the_same_headers() -> None:
    first = propose(["Nom", "Truc"], ORGANISATIONS).corrected("Truc", "description")
    stored = Mapping.from_json(json.loads(json.dumps(first.to_json())))
    again = propose(["NOM", "truc"], ORGANISATIONS, (), stored)
    assert again.remembered
    assert _fields(again) == ["name", "description"]
    assert not propose(["Nom", "Machin"], ORGANISATIONS, (), stored).remembered


def test_mapping__missing_required_columns_are_said() -> None:
    assert [column.name for column in propose(["Commune"], NEEDS).missing] == ["title"]
