"""The sign NUL in a question or a form is taken out before any view reads it."""

import pytest
from django.http import QueryDict
from django.test import Client

from maillage.interfaces.web.nul import without_nul
from tests.interfaces.access import World, make_world
from tests.interfaces.secret_reading import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_nul__in_a_refusal_by_a_signed_link_is_no_fault(world: World) -> None:
    address = f"/p/ici/synergies/repondre/{world.tokens['synergies:answer_link']}/"
    sent = {"answer": "non", "reason": "found", "words": HOSTILE}
    assert Client().post(address, sent).status_code in {200, 302}


def test_nul__in_a_question_is_no_fault(world: World) -> None:
    assert Client().get("/p/ici/besoins-et-offres/", {"texte": "a\x00b"}).status_code == 200


def test_nul__is_the_only_thing_taken_out() -> None:
    sent = QueryDict("a=1%00&a=2&b=%20c")
    assert dict(without_nul(sent).lists()) == {"a": ["1", "2"], "b": [" c"]}
    clean = QueryDict("a=1")
    assert without_nul(clean) is clean
