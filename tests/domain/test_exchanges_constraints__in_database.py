"""What must never be is refused by the database itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from tests.factories.actors import make_organisation
from tests.factories.exchanges import make_intent, make_need, make_support

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"kind": "wish"}, "intent_kind_known"),
        ({"state": "lost"}, "intent_state_known"),
        ({"visibility": "moon"}, "intent_visibility_known"),
        ({"quantity": Decimal(3)}, "intent_quantity_with_unit"),
        ({"quantity": Decimal(0), "unit": "t"}, "intent_quantity_with_unit"),
        ({"minimum": Decimal(1)}, "intent_minimum_below_quantity"),
        ({"quantity": Decimal(3), "unit": "t", "minimum": Decimal(4)}, "intent_minimum_below_quantity"),
        (
            {"available_from": date(2026, 2, 1), "available_until": date(2026, 1, 1)},
            "intent_dates_in_order",
        ),
        ({"price": Decimal(3)}, "intent_price_only_when_paid"),
        ({"price": Decimal(-1), "price_kind": "paid"}, "intent_price_only_when_paid"),
        ({"seasonality": [1] * 11}, "intent_months_twelve"),
        ({"latitude": 47.0}, "intent_point_whole"),
        ({"latitude": 97.0, "longitude": 2.0}, "intent_point_whole"),
    ],
)
def test_intent__refuses(columns: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_intent(**columns)


def test_intent__is_titled() -> None:
    need = make_need()
    need.title = ""
    with pytest.raises(IntegrityError, match="intent_titled"):
        need.save()


def test_intent__comes_once_from_its_source() -> None:
    first = make_need(source="tableau", source_id="1")
    with pytest.raises(IntegrityError, match="intent_source_once"):
        make_need(pole=first.pole, source="tableau", source_id="1")


def test_support__is_said_once() -> None:
    support = make_support()
    with pytest.raises(IntegrityError, match="support_once"):
        make_support(support.intent, support.organisation)


def test_author__is_not_deleted_with_its_needs() -> None:
    author = make_organisation()
    make_need(author=author)
    with pytest.raises(IntegrityError):
        author.delete()
