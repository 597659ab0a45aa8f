"""In any world that is drawn, what one reader finds holds no word that it may not know; nor do the letters.

The ordinary run draws a few worlds, always the same. ``MAILLAGE_CRAWL_EXAMPLES=200 python -m pytest
tests/interfaces/test_secrets__in_any_world.py`` draws as many others. A failure is made as small as it can be, and
names the reader, what it asked, and the word.
"""

import os
from collections.abc import Iterator
from itertools import chain

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests.interfaces.crawler import ask
from tests.interfaces.secret_drawing import Drawn, worlds
from tests.interfaces.secret_leaks import leaks
from tests.interfaces.secret_letters import Postbox
from tests.interfaces.secret_reading import Ways, is_refused, name_of, other_ways, posts, reads, ways_of
from tests.interfaces.secret_ties import advance, tie
from tests.interfaces.secret_world import READERS, SecretWorld, hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
ASKED = os.environ.get("MAILLAGE_CRAWL_EXAMPLES", "")
FEW = 4
_LEAKED: set[str] = set()
"""The routes that leaked: while a failure is made smaller, they alone are read."""


@pytest.fixture(scope="module")
def ways(secret_base: SecretWorld, django_db_blocker: DjangoDbBlocker) -> Ways:
    with django_db_blocker.unblock():
        return ways_of(secret_base)


@settings(
    max_examples=int(ASKED or FEW),
    derandomize=not ASKED,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=worlds, reader=st.sampled_from(READERS))
def test_any_world__tells_no_reader_what_it_may_not_know(
    secret_base: SecretWorld, ways: Ways, drawn: Drawn, reader: str
) -> None:
    point = transaction.savepoint()
    try:
        found = told_in(secret_base, ways, drawn, reader)
    finally:
        transaction.savepoint_rollback(point)
        caches["near"].clear()
    assert not found, "\n".join(found)


def told_in(base: SecretWorld, ways: Ways, drawn: Drawn, reader: str) -> list[str]:
    """Return what leaks of a world that was drawn."""
    hidden, post = hide(base, drawn), Postbox()
    ties = tie(hidden, drawn)
    letters = post.leaks(hidden)
    advance(hidden, ties)
    letters += post.leaks(hidden)
    return [*letters, *(f"{reader}: {leak}" for leak in read_all(hidden, ways, reader))]


def read_all(hidden: SecretWorld, ways: Ways, reader: str) -> Iterator[str]:
    """Ask everything, send everything, and return what leaks."""
    words, client, refused = hidden.hidden_from(reader), hidden.client(reader), set[str]()
    asked = [
        (one, name_of(one.path)) for one in (*reads(hidden, ways.read, 0), *other_ways(hidden, reader, ways))
    ]
    for visit, name in chain(asked, posts(hidden, ways, 0, refused)):
        if not _LEAKED or name in _LEAKED:
            answer = ask(client, visit)
            refused |= {name} if visit.form is not None and is_refused(answer) else set()
            for leak in leaks(answer, words):
                _LEAKED.add(name)
                yield leak
