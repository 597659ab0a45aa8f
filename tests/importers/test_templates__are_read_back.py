"""The files to fill in agree with what is read."""

import io

import openpyxl
import pytest

from maillage.importers.dry_run import dry_run
from maillage.importers.mapping import propose
from maillage.importers.schemas import SCHEMAS, Schema
from maillage.importers.tabular import open_table
from maillage.importers.templates import write_csv_template, write_xlsx_template

KINDS = pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)


@KINDS
def test_template__examples_filled_in_are_imported_without_a_fault(schema: Schema) -> None:
    file = io.BytesIO()
    write_xlsx_template(file, schema)
    book = openpyxl.load_workbook(file)
    for index, column in enumerate(schema.columns, start=1):
        alone = column.name in {"unit", "period", "minimum", "siren"}
        book.worksheets[0].cell(row=2, column=index, value=None if alone else column.example)
    filled = io.BytesIO()
    book.save(filled)
    table = open_table(filled, filename="modele.xlsx", vocabulary=schema.vocabulary)
    mapping = propose(table.headers, schema, table.sample())
    assert mapping.unmapped == ()
    run = dry_run(table, mapping)
    assert (len(run.rows), run.blocking) == (1, [])


@KINDS
def test_template__csv_has_the_headers_only(schema: Schema) -> None:
    file = io.BytesIO()
    write_csv_template(file, schema)
    table = open_table(file, filename="modele.csv")
    assert table.headers == tuple(column.label for column in schema.columns)
    assert list(table.rows()) == []


def test_template__choices_come_as_drop_down_lists() -> None:
    file = io.BytesIO()
    write_xlsx_template(file, SCHEMAS["flows"])
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Flux de matières", "Aide", "Listes"]
    assert len(book.worksheets[0].data_validations.dataValidation) == 6
