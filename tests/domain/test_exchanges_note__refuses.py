"""A draft that does not hold ends in a sentence beside its field, and nothing is written."""

from datetime import date
from decimal import Decimal

import pytest

from maillage.core.errors import UserMistakes
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import note_intent
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_site
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_draft

pytestmark = pytest.mark.django_db

CASES = [
    ({"kind": "wish"}, "kind", "besoin ou d’une offre"),
    ({"title": "  "}, "title", "en quelques mots"),
    ({"title": "a" * 201}, "title", "200 au plus"),
    ({"words": "a" * 10_000_000}, "words", "trop long"),
    ({"words": "a\x00b"}, "words", "illisible"),
    ({"visibility": "moon"}, "visibility", "qui peut voir"),
    ({"period": "decade"}, "period", "fréquence"),
    ({"price_kind": "gold"}, "price_kind", "gratuit"),
    ({"quantity": Decimal(0)}, "quantity", "plus grand que zéro"),
    ({"quantity": Decimal("NaN")}, "quantity", "plus grand que zéro"),
    ({"quantity": Decimal("1e40")}, "quantity", "plus grand que zéro"),
    ({"unit": ""}, "unit", "en quelle unité"),
    ({"unit": "brouette"}, "unit", "« brouette » n’est pas connue"),
    ({"minimum": Decimal(13)}, "minimum", "dépasse la quantité (12"),
    ({"minimum": Decimal(-1)}, "minimum", "plus grand que zéro"),
    ({"minimum": Decimal(1), "quantity": None}, "minimum", "Donnez aussi la quantité"),
    (
        {"available_from": date(2026, 6, 1), "available_until": date(2026, 5, 1)},
        "available_until",
        "La fin vient avant le début",
    ),
    ({"available_from": date(226, 6, 1)}, "available_from", "L’année 226"),
    ({"seasonality": (100,) * 11}, "seasonality", "douze mois"),
    ({"seasonality": (0,) * 12}, "seasonality", "au moins un mois"),
    ({"weekly": ({"day": 1, "from_hour": 12, "to_hour": 8},)}, "weekly", "mardi de 8 h à 12 h"),
    ({"price": Decimal(3)}, "price", "payant"),
    ({"price": Decimal(-3), "price_kind": "paid"}, "price", "0"),
    ({"reach_km": -1}, "reach_km", "de 0 à"),
    ({"latitude": 47.0}, "latitude", "aucune des deux"),
    ({"latitude": 470.0, "longitude": 2.0}, "latitude", "−90 à 90"),
    ({"said_on": date(2027, 1, 1)}, "said_on", "avenir"),
    ({"qualities": ("a" * 81,)}, "qualities", "80 au plus"),
    ({"qualities": ("a",) * 21}, "qualities", "20 qualités"),
    ({"evidence": EvidenceDraft(channel="smoke")}, "channel", "comment"),
    ({"evidence": EvidenceDraft(on=date(2027, 1, 1))}, "evidence_on", "avenir"),
    ({"evidence": EvidenceDraft(people_concerned=-1)}, "people_concerned", "nombre entier"),
]


@pytest.mark.parametrize(("fields", "field", "sentence"), CASES)
def test_note__refuses_with_a_sentence(fields: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(UserMistakes) as mistakes:
        note_intent(data=make_draft(**fields), by=None, on=TODAY, at=NOW)
    assert sentence in mistakes.value.by_field[field]
    assert not Intent.objects.exists()


def test_note__says_every_mistake_at_once() -> None:
    with pytest.raises(UserMistakes) as mistakes:
        note_intent(data=make_draft(title="", unit="", reach_km=-1), by=None, on=TODAY, at=NOW)
    assert set(mistakes.value.by_field) == {"title", "unit", "reach_km"}


def test_note__offers_the_right_units_of_the_type() -> None:
    compost = make_resource_type("compost", dimension="mass", unit="t")
    with pytest.raises(UserMistakes) as mistakes:
        note_intent(data=make_draft(resource_type=compost, unit="m²"), by=None, on=TODAY, at=NOW)
    said = mistakes.value.by_field["unit"]
    assert "mesure une surface ; « Compost » se compte en t, g ou kg." in said


def test_note__refuses_a_type_that_left_the_catalogue() -> None:
    old = make_resource_type(retired=True)
    with pytest.raises(UserMistakes, match="n’est plus au catalogue"):
        note_intent(data=make_draft(resource_type=old), by=None, on=TODAY, at=NOW)


def test_note__refuses_the_site_of_another_structure() -> None:
    with pytest.raises(UserMistakes, match="n’est pas à"):
        note_intent(data=make_draft(site=make_site()), by=None, on=TODAY, at=NOW)


def test_note__refuses_a_sheet_that_was_merged() -> None:
    merged = make_organisation(merged_into=make_organisation())
    with pytest.raises(UserMistakes, match="réunie à une autre"):
        note_intent(data=make_draft(author=merged), by=None, on=TODAY, at=NOW)
