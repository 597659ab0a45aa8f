"""Communes from the packages' files, found from what people write."""

from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.municipalities import Gazetteer, fetch, read_division, read_insee_csv
from tests.importers.places import gazetteer, install


@pytest.fixture
def places(tmp_path: Path) -> Gazetteer:
    return gazetteer(tmp_path)


def test_division__present_communes_with_their_epci_and_overseas_collectivities(tmp_path: Path) -> None:
    division = read_division(folder=install(tmp_path))
    by_code = {row.code: row for row in division.municipalities}
    assert len(by_code) == 10
    assert by_code["18033"].epci == "241800507"
    assert by_code["18033"].former_names == ("Vieu-Bourg",)
    assert [row.name for row in division.departments if row.code == "988"] == ["Nouvelle-Calédonie"]


def test_positions__the_place_that_bears_the_name_wins_over_a_larger_quarter(places: Gazetteer) -> None:
    position = places.position(places.by_code("18033"))
    assert position is not None
    assert (position.latitude, position.longitude, position.approximate) == (47.08333, 2.4, False)


def test_positions__a_place_without_code_is_matched_by_name_in_its_departement(places: Gazetteer) -> None:
    assert places.by_code("18279").latitude == 47.22366


def test_positions__a_commune_without_point_takes_that_of_its_epci_flagged(places: Gazetteer) -> None:
    position = places.position(places.by_code("18001"))
    assert position is not None
    assert (position.latitude, position.approximate) == (47.08333, True)


def test_positions__nothing_is_invented_where_no_neighbour_is_known(places: Gazetteer) -> None:
    assert places.position(places.by_code("98818")) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"code": "1049"}, "01049"),
        ({"code": "2a004"}, "2A004"),
        ({"code": "20004"}, "2A004"),
        ({"name": "BOURGES"}, "18033"),
        ({"name": "Bourges Cedex 9"}, "18033"),
        ({"name": "18000"}, "18033"),
        ({"name": "Amilly (45)"}, "45004"),
        ({"name": "45200 AMILLY"}, "45004"),
        ({"name": "Amilly", "postcode": "45200"}, "45004"),
        ({"name": "Amilly", "department": "Loiret"}, "45004"),
        ({"name": "Acheres"}, "18001"),
        ({"name": "Boisse"}, "24046"),
        ({"name": "BOISSE", "department": "1"}, "01049"),
        ({"name": "Vieu Bourg"}, "18033"),
        ({"postcode": "28300"}, "28006"),
    ],
)
def test_gazetteer__finds(places: Gazetteer, words: dict[str, str], code: str) -> None:
    assert places.find(**words).code == code


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"name": "Amilly"}, r"Amilly \(28\), Amilly \(45\)"),
        ({"postcode": "45200"}, r"Amilly \(45\), Montargis \(45\)"),
        ({"code": "18000"}, r"code postal : Bourges"),
        ({"name": "Bourges", "postcode": "45200"}, r"ne va pas avec le code postal 45200"),
        ({"name": "Atlantide"}, "ne s’appelle"),
        ({}, "n’est pas dite"),
    ],
)
def test_gazetteer__doubt_is_told_with_the_candidates(
    places: Gazetteer, words: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UserMistake, match=sentence):
        places.find(**words)


def test_gazetteer__homonyms_are_labelled_apart(places: Gazetteer) -> None:
    assert places.label(places.by_code("45004")) == "Amilly (45)"
    assert places.label(places.by_code("18033")) == "Bourges"


def test_packages__missing_says_make_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_NODE_MODULES", str(tmp_path))
    with pytest.raises(UserMistake, match="make install"):
        fetch.node_modules()


def test_insee_csv__is_read_without_delegated_communes(tmp_path: Path) -> None:
    path = tmp_path / "v_commune_2026.csv"
    path.write_text(
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
        "COM,01049,84,01,01D,012,3,BOISSE,Boisse,La Boisse,0111,\n"
        "COMD,01015,,,,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01015\n",
        encoding="utf-8",
    )
    assert [(row.code, row.name, row.department) for row in read_insee_csv(path)] == [
        ("01049", "La Boisse", "01")
    ]


def test_insee_csv__another_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserMistake, match="TYPECOM"):
        list(read_insee_csv(path))


def test_installed_packages__hold_the_whole_country() -> None:
    division = read_division()
    located = sum(row.latitude is not None for row in division.municipalities)
    assert len(division.municipalities) == 34_969
    assert (len(division.intermunicipal_bodies), located) == (1_255, 14_792)
