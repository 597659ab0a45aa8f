"""The codes that a file gives are those that the rooms store."""

import pytest

from maillage.domain.actors.enums import ActorFamily, InclusionType, LegalForm, StaffBand
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.ledger.enums import EvidenceKind
from maillage.domain.ledger.models import Action
from maillage.domain.ledger.operations import load_actions
from maillage.importers.cells import bands
from maillage.importers.schemas import FACTS, FLOWS, NEEDS, OFFERS, ORGANISATIONS, SCHEMAS, Column, Kind
from maillage.importers.values import read_value


def _codes(column: Column) -> set[str]:
    return {choice.code for choice in column.choices}


def test_schemas__choices_are_the_lists_of_the_rooms() -> None:
    assert _codes(ORGANISATIONS.column("family")) == set(ActorFamily.values)
    assert _codes(ORGANISATIONS.column("legal_form")) == set(LegalForm.values)
    assert _codes(ORGANISATIONS.column("inclusion_type")) == set(InclusionType.values)
    assert all(
        _codes(schema.column("visibility")) == set(Visibility.values) for schema in (NEEDS, OFFERS, FLOWS)
    )


@pytest.mark.django_db
def test_schemas__gestures_and_proofs_are_those_of_the_ledger() -> None:
    load_actions()
    assert _codes(FACTS.column("action")) <= set(Action.objects.values_list("code", flat=True))
    assert _codes(FACTS.column("evidence_kind")) == set(EvidenceKind.values)


def test_schemas__bands_of_staff_are_those_of_the_room() -> None:
    assert all(bands.staff_band(label) == code for code, label in StaffBand.choices)


def test_schemas__no_alias_names_two_fields() -> None:
    for schema in SCHEMAS.values():
        labels = [column.label for column in schema.columns]
        assert len(set(labels)) == len(labels)
        assert len({column.name for column in schema.columns}) == len(labels)


def test_schemas__every_example_can_be_read() -> None:
    for schema in SCHEMAS.values():
        for column in schema.columns:
            assert not column.example or read_value(column.example, column).value is not None
            assert column.help.endswith((".", "…")), column.name
            assert column.kind is not Kind.CHOICE or column.choices
