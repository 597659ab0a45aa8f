"""What is wrong in the demonstration's files is said all at once, each fault with its file and its line."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.demonstration import DemonstrationFault, World, our_world, read_demonstration
from maillage.importers.demonstration.read import DATA
from maillage.importers.demonstration.shorthand import months_of, price_of, quantity_of, slots_of


@cache
def world() -> World:
    return our_world()


def spoilt(folder: Path, *changes: tuple[str, str, str]) -> str:
    copy = folder / "data"
    shutil.copytree(DATA, copy)
    for name, old, new in changes:
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DemonstrationFault) as caught:
        read_demonstration(world=world(), folder=copy)
    return caught.value.message


def test_demonstration_faults__are_all_said_at_once(tmp_path: Path) -> None:
    said = spoilt(
        tmp_path,
        ("intents-biodechets.yaml", "type: compostage\n", "type: alchimie\n"),
        ("organisations-ess.yaml", 'commune: "18279"', 'commune: "75056"'),
        ("people.yaml", "karim@example.org", "karim@exemple.fr"),
    )
    assert "intents-biodechets.yaml, composter-forges : Le type « alchimie » n’est pas au catalogue." in said
    assert "cuisine-forges : La commune « 75056 » n’est pas dans le territoire du pôle." in said
    assert "karim : Un courriel de démonstration finit par @example.org." in said


def test_demonstration_faults__a_unit_that_does_not_measure_the_type(tmp_path: Path) -> None:
    said = spoilt(tmp_path, ("intents-biodechets.yaml", "12 t par an", "12 h par an"))
    assert "composter-forges : « Compostage » se compte en t, pas en h." in said


def test_demonstration_faults__an_unknown_field_and_an_unknown_name(tmp_path: Path) -> None:
    said = spoilt(
        tmp_path,
        ("intents-transport.yaml", "    reach: 55\n", "    reach: 55\n    portee: 3\n"),
        ("intents-transport.yaml", "by: girouette", "by: tournevent"),
    )
    assert "camion-hayon-mardi : « portee » n’est pas un champ connu." in said
    assert "fourgon-girouette : « tournevent » n’est pas dans les fichiers." in said


def test_demonstration_faults__a_waste_code_that_is_not_that_of_the_material(tmp_path: Path) -> None:
    said = spoilt(tmp_path, ("flows-sortants.yaml", "waste_code: 03 01 05", "waste_code: 20 01 08"))
    assert "f-copeaux : Le code déchet de" in said


def test_demonstration_faults__a_line_written_twice(tmp_path: Path) -> None:
    said = spoilt(tmp_path, ("people.yaml", "key: karim", "key: nadege"))
    assert "nadege : Cette ligne est écrite deux fois." in said


def test_demonstration_shorthand__reads_what_people_write() -> None:
    assert [str(one) for one in quantity_of("12.5 t par an")] == ["12.5", "t", "year"]
    assert slots_of(["mar 8-12"]) == ({"day": 1, "from_hour": 8, "to_hour": 12},)
    assert months_of([1, 12]) == (100, *[0] * 10, 100)
    assert price_of("paid 2.40")[0] == "paid"


@pytest.mark.parametrize(
    ("read", "text"),
    [(quantity_of, "beaucoup"), (slots_of, ["mardi matin"]), (price_of, "cher"), (months_of, [13])],
)
def test_demonstration_shorthand__refuses_the_rest(read: object, text: object) -> None:
    assert callable(read)
    with pytest.raises(UserMistake):
        read(text)
