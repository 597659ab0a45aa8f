"""The demonstration says what is to be loaded before it."""

from datetime import UTC, date, datetime

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.agreements.operations import Doors
from maillage.domain.ledger.models import Agreement
from maillage.domain.synergies.addresses import Addresses
from maillage.importers.demonstration.load import load_demonstration, renew_demonstration_accounts
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DOORS = Doors(reading="https://maillage.test/lire/", sheet="/accord", site="https://maillage.test")
ADDRESSES = Addresses(
    answer=lambda pole, token: f"https://maillage.test/{pole}/{token}",
    sheet=lambda pole, pk: f"/{pole}/{pk}",
    site="https://maillage.test",
)


def doors_of(_: Agreement) -> Doors:
    return DOORS


def test_load_demonstration__asks_for_the_communes_first() -> None:
    with pytest.raises(UserMistake, match="Les communes ne sont pas chargées"):
        load_demonstration(today=TODAY, now=NOW, addresses=ADDRESSES, doors=doors_of)


def test_load_demonstration__then_for_the_catalogue() -> None:
    make_municipality()
    with pytest.raises(UserMistake, match="Le catalogue n’est pas chargé"):
        load_demonstration(today=TODAY, now=NOW, addresses=ADDRESSES, doors=doors_of)


def test_load_demonstration__renewing_the_accounts_needs_the_pole() -> None:
    with pytest.raises(UserMistake, match="n’est pas chargé"):
        renew_demonstration_accounts()
