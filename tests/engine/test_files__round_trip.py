import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from maillage_engine import InvalidFile, Problem, search
from maillage_engine.files import load_problem, read_problem, write_problem
from maillage_engine.text import LexicalEncoder
from tests.engine.problems import TODAY, problem, problems


@pytest.mark.parametrize("name", ["essai.json", "essai.json.gz"])
def test_semantics_s6_a_problem_is_read_back_as_it_was(tmp_path: Path, name: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(problems())
    def holds(tried: Problem) -> None:
        write_problem(tried, tmp_path / name)
        again = load_problem(tmp_path / name)
        assert again.digest() == tried.digest()
        assert search(again).totals.tobytes() == search(tried).totals.tobytes()

    holds()


def test_write_problem_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    tried = problem([{}], [{}])
    for name in ("a.json.gz", "b.json.gz"):
        write_problem(tried, tmp_path / name)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json.gz", "b.json.gz"]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\x1f\x8bnothing", b'{"format": "autre"}', b"\xff\xfe", b"[]"]
)
def test_load_problem_says_when_a_file_is_no_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(InvalidFile, match=r"x\.json"):
        load_problem(tmp_path / "x.json")


def test_load_problem_refuses_a_changed_file(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_problem(problem([{}], [{}]), path)
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "today": 3}))
    with pytest.raises(InvalidFile, match="empreinte"):
        load_problem(path)


NEEDS = """id,text,type,quantity,dimension,latitude,longitude,reach_km,week,months,until_day,party,requires
b1,"Épluchures, ""cantine"" verte",epluchures,"12000,5",mass,48.0,2.7,30,2:8-18 4:14-16,,2026-12-31,école,
b2,du texte,,,,,,,,100 0 0 0 0 0 0 0 0 0 0 100,,,transport
"""
OFFERS = "id,text,type,holds\no1,compost d’épluchures,compostage,transport|dechets-dangereux\n"
CATALOGUE = {
    "authorisations": ["transport", "dechets-dangereux"],
    "types": [{"code": "epluchures", "kind": "material"}, {"code": "compostage", "requires": ["transport"]}],
    "links": [{"offer": "compostage", "need": "epluchures", "closeness": 0.9, "condition": "Trier."}],
}


def read(folder: Path, *, needs: str = NEEDS, offers: str = OFFERS) -> Problem:
    (folder / "n.csv").write_text(needs, encoding="utf-8-sig")
    (folder / "o.csv").write_text(offers, encoding="utf-8")
    (folder / "c.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    return read_problem(
        folder / "n.csv",
        folder / "o.csv",
        catalogue=folder / "c.json",
        encoder=LexicalEncoder(),
        today=TODAY,
    )


def test_read_problem_takes_the_canonical_tables(tmp_path: Path) -> None:
    tried = read(tmp_path)
    needs = tried.needs
    assert needs.texts[0] == 'Épluchures, "cantine" verte'
    assert (needs.types.tolist(), needs.quantity[0], needs.dimension.tolist()) == ([0, -1], 12000.5, [0, -1])
    assert (needs.week_hours[0].sum(), needs.week_hours[1].sum()) == (12, 168)
    assert (needs.months[1].sum(), needs.until_day[0], needs.party.tolist()) == (200, 20818, [0, -1])
    assert (needs.requires.tolist(), tried.offers.holds.tolist()) == ([0, 1], [3])
    assert search(tried).found.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("needs", "place"),
    [
        ("id,text,quantity\nb,x,12\nb2,x,douze\n", "ligne 3, colonne « quantity »"),
        ("id,text,quantity\nb,x,-3\n", "ligne 2, colonne « quantity »"),
        ("id,text,week\nb,x,8:8-18\n", "ligne 2, colonne « week »"),
        ("id,text,week\nb,x,1:18-8\n", "ligne 2, colonne « week »"),
        ("id,text,months\nb,x,1 2 3\n", "ligne 2, colonne « months »"),
        ("id,text,until_day\nb,x,31/02/2026\n", "ligne 2, colonne « until_day »"),
        ("id,text,type\nb,x,inconnu\n", "ligne 2, colonne « type »"),
        ("id,text,requires\nb,x,inconnu\n", "ligne 2, colonne « requires »"),
        ("id,text,dimension\nb,x,couleur\n", "ligne 2, colonne « dimension »"),
        ("id,text,approximate\nb,x,oui\n", "ligne 2, colonne « approximate »"),
        ("id,text,couleur\nb,x,bleu\n", "colonne « couleur »"),
        ("id,text,type,type\nb,x,,\n", "colonne « type »"),
        ("id\nb\n", "colonne « text »"),
        ("", "colonne « id »"),
        ("id,text\nb\n", "ligne 2"),
        ("id,text\nb,x\nb,y\n", "ligne 3, colonne « id »"),
    ],
)
def test_read_problem_names_the_faulty_cell(tmp_path: Path, needs: str, place: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        read(tmp_path, needs=needs)
    assert place in caught.value.message


def test_read_problem_refuses_another_encoding_and_an_absent_file(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "n.csv").write_bytes("id,text\nb,été\n".encode("cp1252"))
    with pytest.raises(InvalidFile, match="UTF-8"):
        read_problem(tmp_path / "n.csv", tmp_path / "o.csv", encoder=LexicalEncoder(), today=TODAY)
    with pytest.raises(InvalidFile, match="n’existe pas"):
        read_problem(tmp_path / "absent.csv", tmp_path / "o.csv", encoder=LexicalEncoder(), today=TODAY)


def test_read_problem_cuts_a_text_of_ten_megabytes(tmp_path: Path) -> None:
    tried = read(tmp_path, needs="id,text\nb," + "épluchures " * 1_000_000 + "\n")
    assert len(tried.needs.texts[0]) == 4000
