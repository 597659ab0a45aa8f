"""The professions behind the skills of the catalogue."""

from pathlib import Path

import pytest

from maillage.domain.catalogue.faults import CatalogueFault
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.professions import professions_of, read_professions


def test_professions__cover_nearly_every_skill() -> None:
    skills = {row.code for row in read_catalogue().types if row.kind == "skill"}
    covered = {row.skill for row in read_professions()}
    assert covered <= skills
    assert len(covered) >= 0.95 * len(skills)


def test_professions__all_the_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "professions.csv"
    path.write_text(
        "code,skill,label,said\na,cuisine,Cuisinier,\na,barnum,Traiteur,chef|extra\nb,cuisine,CUISINIER,\n"
    )
    with pytest.raises(CatalogueFault) as refused:
        professions_of(path, read_catalogue())
    assert [fault.code for fault in refused.value.faults] == ["a", "a", "b"]
    assert "barnum" in str(refused.value)
