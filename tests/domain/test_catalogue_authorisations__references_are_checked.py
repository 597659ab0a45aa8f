"""What the law asks: each article quoted was looked up on a day, somewhere that is named."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from maillage.domain.catalogue import files
from maillage.domain.catalogue.files import AuthorisationRow, read_catalogue

TABLE = Path(files.__file__).with_name("data") / "authorisations.csv"
ARTICLE = re.compile(r"\b[LR]\d+-[\d-]*\d|\bart\. \d+\b")


def references() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", read_catalogue().authorisations, ids=lambda row: row.code)
def test_authorisations__each_article_quoted_was_looked_up(row: AuthorisationRow) -> None:
    looked_up = " ".join(one["reference"] for one in references() if one["authorisation"] == row.code)
    assert ARTICLE.findall(row.source)
    assert [one for one in ARTICLE.findall(row.source) if one not in looked_up] == []


@pytest.mark.parametrize(
    "line", references(), ids=lambda line: f"{line['authorisation']} {line['reference']}"
)
def test_authorisations__one_that_is_not_confirmed_says_so_to_the_reader(line: dict[str, str]) -> None:
    (source,) = (row.source for row in read_catalogue().authorisations if row.code == line["authorisation"])
    assert all(part in source for part in line["reference"].split(", ")), "quoted no more: take the line off"
    assert date.fromisoformat(line["checked_on"]) <= date(2100, 1, 1)
    assert line["seen_in"]
    assert line["status"] == "confirmée" or "à vérifier" in source
