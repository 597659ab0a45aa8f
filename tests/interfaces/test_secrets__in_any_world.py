"""In any world that is drawn, what one reader finds holds no word that it may not know; nor do the letters.

The ordinary run draws a few worlds, always the same. ``MAILLAGE_CRAWL_EXAMPLES=200 python -m pytest
tests/interfaces/test_secrets__in_any_world.py`` draws as many others, and makes a failure as small as it can be. Either
names the reader, what it asked, and the word.
"""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.interfaces.crawler import Visit, ask, take_back
from tests.interfaces.secret_drawing import Drawn, worlds
from tests.interfaces.secret_leaks import leaks
from tests.interfaces.secret_letters import Postbox
from tests.interfaces.secret_reading import NOT_ALLOWED, Ways, is_refused, name_of, posts, reads, searches
from tests.interfaces.secret_ties import advance, tie
from tests.interfaces.secret_world import READERS, SecretWorld, hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
ASKED = os.environ.get("MAILLAGE_CRAWL_EXAMPLES", "")
FEW = 3
OF_A_POLE = (
    "/p/",
    "/api/",
    "/agenda/",
)  # the rest holds nothing of a pole: the whole world is read there too
_LEAKED: set[str] = set()
"""The routes that leaked: while a failure is made smaller, they alone are read."""
_ONLY_READ: set[str] = set()
"""The routes that take no form."""


@settings(
    max_examples=int(ASKED or FEW),
    derandomize=not ASKED,
    database=None,
    phases=(Phase.generate, Phase.shrink) if ASKED else (Phase.generate,),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=worlds, reader=st.sampled_from(READERS))
def test_any_world__tells_no_reader_what_it_may_not_know(
    secret_base: SecretWorld, drawn: Drawn, reader: str
) -> None:
    point = transaction.savepoint()
    try:
        found = told_in(secret_base, drawn, reader)
    finally:
        take_back(point)
        caches["near"].clear()
    assert not found, "\n".join(found)


def told_in(base: SecretWorld, drawn: Drawn, reader: str) -> list[str]:
    """Return what leaks of a world that was drawn."""
    hidden, post = hide(base, drawn), Postbox()
    ties = tie(hidden, drawn)
    letters = post.leaks(hidden)
    advance(hidden, ties)
    letters += post.leaks(hidden)
    return [*letters, *(f"{reader}: {leak}" for leak in read_all(hidden, reader))]


def read_all(hidden: SecretWorld, reader: str) -> Iterator[str]:
    """Ask everything, send everything that shows, and return what leaks."""
    words, client, ways, closed = hidden.hidden_from(reader), hidden.client(reader), Ways(), set(_ONLY_READ)

    def found(visit: Visit, name: str) -> list[str]:
        if _LEAKED and name not in _LEAKED:
            return []
        answer = ask(client, visit)
        ways.learn(answer)
        if visit.form is not None:
            closed.update({name} if is_refused(answer) else ())
            _ONLY_READ.update({name} if answer.status == NOT_ALLOWED else ())
        told = leaks(answer, words)
        _LEAKED.update({name} if told else ())
        return told

    for visit in reads(hidden, reader, 0):
        if visit.path.startswith(OF_A_POLE):
            yield from found(visit, name_of(visit.path))
    for visit in searches(ways):
        yield from found(visit, name_of(visit.path))
    for visit, name in posts(hidden, ways, 0, closed):
        if name in ways.fields:
            yield from found(visit, name)
