"""The gazetteer of an import is that of the instance, read again when a commune changes."""

import pytest

from maillage.domain.places.models import Municipality
from maillage.importers.database.places import database_gazetteer
from tests.importers.batches import make_towns

pytestmark = pytest.mark.django_db


def test_gazetteer__is_read_once_for_the_same_communes() -> None:
    make_towns()
    assert database_gazetteer() is database_gazetteer()
    assert database_gazetteer().find(name="Amilly", postcode="45200").code == "45004"


def test_gazetteer__follows_a_commune_that_is_renamed() -> None:
    make_towns()
    before = database_gazetteer()
    Municipality.objects.filter(code="18033").update(name="Avaricum")
    assert before.find(name="Bourges").code == database_gazetteer().find(name="Avaricum").code
