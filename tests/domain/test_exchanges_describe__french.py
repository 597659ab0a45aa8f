"""The sentences of an intent, in French."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.domain.exchanges import describe
from maillage.domain.exchanges.enums import IntentKind, IntentState
from tests.factories import TODAY

N = "\u00a0"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"quantity": Decimal(12), "unit": "t", "period": "year"}, f"12{N}t par an"),
        ({"quantity": Decimal("0.0005"), "unit": "t", "period": "day"}, f"0,0005{N}t par jour"),
        ({"quantity": Decimal(1), "unit": "place", "period": "once"}, f"1{N}place, en une fois"),
        ({"quantity": Decimal(6), "unit": "place", "period": "week"}, f"6{N}places par semaine"),
        ({"quantity": Decimal(40), "unit": "u", "period": "once"}, f"40{N}unités, en une fois"),
        ({"quantity": Decimal(200), "unit": "m2", "period": "month"}, f"200{N}m² par mois"),
        ({"quantity": Decimal(23000), "unit": "eur", "period": "year"}, f"23{N}000{N}€ par an"),
        (
            {"quantity": Decimal(12), "unit": "t", "period": "year", "minimum": Decimal(2)},
            f"12{N}t par an, par 2{N}t au moins",
        ),
        ({"quantity": Decimal(10), "unit": "t", "period": "year", "roughly": True}, f"environ 10{N}t par an"),
        ({"quantity": None, "unit": "", "period": "once"}, ""),
    ],
)
def test_quantity__is_said(said: dict[str, object], sentence: str) -> None:
    assert describe.quantity_sentence(**said) == sentence  # type: ignore[arg-type]  # a table of cases


@given(st.decimals(min_value="0.0001", max_value="999999999999", places=4))
def test_magnitude__keeps_one_digit_and_stays_near(value: Decimal) -> None:
    rough = describe.one_significant_digit(value)
    assert len(rough.normalize().as_tuple().digits) == 1
    assert abs(rough - value) <= value / 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "à tout moment"),
        ({"start": date(2026, 3, 1)}, f"à partir du 1er{N}mars 2026"),
        (
            {"start": date(2026, 3, 3), "end": date(2026, 6, 5)},
            f"du 3{N}mars 2026 au 5{N}juin 2026",
        ),
        ({"end": date(2026, 12, 18)}, f"jusqu’au 18{N}décembre 2026"),
        ({"weekly": [{"day": 1, "from_hour": 8, "to_hour": 12}]}, f"mardi de 8{N}h à 12{N}h"),
        ({"seasonality": [100] * 3 + [0] * 6 + [100] * 3}, "d’octobre à mars"),
        ({"seasonality": [100] * 12}, "à tout moment"),
    ],
)
def test_calendar__is_said(said: dict[str, object], sentence: str) -> None:
    given_ = {"start": None, "end": None, "weekly": [], "seasonality": []} | said
    assert describe.calendar_sentence(**given_) == sentence  # type: ignore[arg-type]  # a table of cases


@pytest.mark.parametrize(
    ("kind", "price", "sentence"),
    [
        ("unsaid", None, "prix non précisé"),
        ("free", None, "gratuit"),
        ("swap", None, "en échange d’autre chose"),
        ("cost", None, "à prix coûtant"),
        ("paid", Decimal("12.50"), f"payant, 12,50{N}€"),
        ("paid", Decimal(1200), f"payant, 1{N}200{N}€"),
    ],
)
def test_price__is_said(kind: str, price: Decimal | None, sentence: str) -> None:
    assert describe.price_sentence(price_kind=kind, price=price) == sentence


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "aujourd’hui"),
        (0, "aujourd’hui"),
        (1, "hier"),
        (3, f"il y a 3{N}jours"),
        (21, f"il y a 3{N}semaines"),
        (62, f"il y a 2{N}mois"),
        (400, f"il y a 13{N}mois"),
        (800, f"il y a 2{N}ans"),
    ],
)
def test_since__is_said(days: int, sentence: str) -> None:
    assert describe.since(TODAY - timedelta(days=days), on=TODAY) == sentence


def test_reach__is_said() -> None:
    assert describe.reach_sentence(None) == "sans limite de distance"
    assert describe.reach_sentence(0) == "sur place seulement"
    assert describe.reach_sentence(30) == f"jusqu’à 30{N}km"


def test_freshness__takes_the_gender_of_the_word() -> None:
    said = {"said_on": TODAY - timedelta(days=1), "confirmed_on": TODAY, "on": TODAY}
    assert describe.freshness_sentence(kind="need", **said) == "dit hier, confirmé aujourd’hui"
    assert describe.freshness_sentence(kind="offer", **said) == "dite hier, confirmée aujourd’hui"


@pytest.mark.parametrize("kind", IntentKind.values)
@pytest.mark.parametrize("state", IntentState.values)
def test_state__is_said_for_each_side(kind: str, state: str) -> None:
    assert describe.state_sentence(kind=kind, state=state)
    assert describe.already_sentence(kind=kind, state=state).endswith(".")
