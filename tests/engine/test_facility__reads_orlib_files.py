from pathlib import Path

import numpy as np
import pytest

from maillage_engine.errors import InvalidFile, InvalidProblem
from maillage_engine.files.orlib import known_capacities, read_orlib

WORDS = " 2 3 \n {0} 10. \n {0} 20.5 \n 4 \n 1. 2. \n 5 \n 3. 4. \n 6 \n 5. \n 6. \n"


def written(folder: Path, text: str, name: str = "cap9.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_i11__a_cap_file_is_read_whatever_its_lines(tmp_path: Path) -> None:
    problem = read_orlib(written(tmp_path, WORDS.format("8000.0")))
    assert problem.capacity.tolist() == [8000.0, 8000.0]
    assert problem.fixed_cost.tolist() == [10.0, 20.5]
    assert problem.demand.tolist() == [4.0, 5.0, 6.0]
    assert problem.serve_cost.tolist() == [[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]


def test_i11__the_word_capacity_is_that_of_the_name_or_of_the_option(tmp_path: Path) -> None:
    text = WORDS.format("capacity")
    assert read_orlib(written(tmp_path, text, "capb2.txt")).capacity.tolist() == [6000.0, 6000.0]
    assert read_orlib(written(tmp_path, text), capacity=7.0).capacity.tolist() == [7.0, 7.0]
    with pytest.raises(InvalidFile, match="ligne 2.*écrivez son nombre"):
        read_orlib(written(tmp_path, text))


def test_i11__a_number_in_the_file_is_kept_whatever_the_name(tmp_path: Path) -> None:
    path = written(tmp_path, WORDS.format("9"), "capa1.txt")
    assert read_orlib(path).capacity.tolist() == [9.0, 9.0]
    assert known_capacities()["capa1"] == 8000.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "s’arrête trop tôt"),
        ("2 x", "ligne 1.*nombre de besoins"),
        ("0 3", "nombre de sites"),
        (WORDS.format("5") + " 7", "font 15 nombres"),
        (WORDS.format("cinq"), "ligne 2.*« cinq »"),
        (WORDS.format("nan"), "ligne 2.*« nan »"),
        ("9999999 9999999", "nombres"),
    ],
)
def test_facility__a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidFile, match=message):
        read_orlib(written(tmp_path, text))


def test_facility__a_missing_file_and_a_zero_capacity_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="n’existe pas"):
        read_orlib(tmp_path / "absent.txt")
    with pytest.raises(InvalidProblem, match="au-dessus de 0"):
        read_orlib(written(tmp_path, WORDS.format("0")))
    assert np.isfinite(read_orlib(written(tmp_path, WORDS.format("1e3"))).capacity).all()
