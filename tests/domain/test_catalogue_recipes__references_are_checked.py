"""The law that recipes quote: each reference was looked up on a day, or says itself that it is to be verified."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from maillage.domain.catalogue import recipes as room
from maillage.domain.catalogue.recipes import read_recipes

TABLE = Path(room.__file__).with_name("data") / "recipes" / "references.csv"
QUOTED = re.compile(r"\bart\.|\barticles?\b|\b[Aa]rrêté du|règlement (?:\(UE\)|sanitaire)|\b\d\d \d\d \d\d\b")


def references() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sentences() -> Iterator[str]:
    for row in read_recipes().recipes:
        yield row.largest_note
        yield from row.conditions
        yield from (one.source or one.to_specify for one in (*row.takes, *row.gives))


def test_references__each_one_quoted_is_in_the_table() -> None:
    known = [row["reference"] for row in references()]
    quoted = [sentence for sentence in sentences() if QUOTED.search(sentence)]
    assert len(quoted) > 20
    assert [one for one in quoted if not any(name in one for name in known)] == []


@pytest.mark.parametrize("row", references(), ids=lambda row: row["reference"])
def test_references__one_that_is_not_confirmed_says_so_to_the_reader(row: dict[str, str]) -> None:
    quoting = [sentence for sentence in sentences() if row["reference"] in sentence]
    assert quoting, "no recipe quotes it any more: take the line off"
    assert date.fromisoformat(row["checked_on"]) <= date(2100, 1, 1)
    if row["status"] == "confirmée":
        assert row["seen_in"]
    else:
        assert row["status"] == "à vérifier"
        assert all("à vérifier" in sentence for sentence in quoting)
