"""Every role sends every form, empty then full of mistakes: no answer tells what that role may not know."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.interfaces.crawler import ask
from tests.interfaces.secret_leaks import leaks
from tests.interfaces.secret_reading import NOT_ALLOWED, Ways, is_refused, posts, ways_of_the_team
from tests.interfaces.secret_world import READERS, SecretWorld

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
FEWEST = 8  # forms that answer a page to anybody


@pytest.fixture(scope="module")
def ways(whole_secrets: SecretWorld, django_db_blocker: DjangoDbBlocker) -> Ways:
    with django_db_blocker.unblock():
        return ways_of_the_team(whole_secrets)


@pytest.fixture(scope="module")
def only_read() -> set[str]:
    """The routes that take no form, as the first reader finds them."""
    return set()


@pytest.mark.parametrize("reader", READERS)
def test_no_form__tells_a_reader_what_it_may_not_know(
    reader: str, whole_secrets: SecretWorld, ways: Ways, only_read: set[str]
) -> None:
    hidden, closed = whole_secrets, set(only_read)
    words, client, found, taken = hidden.hidden_from(reader), hidden.client(reader), [], 0
    for visit, name in posts(hidden, ways, READERS.index(reader), closed):
        answer = ask(client, visit)
        only_read |= {name} if answer.status == NOT_ALLOWED else set()
        closed |= {name} if is_refused(answer) else set()
        taken += not is_refused(answer)
        found += [f"{reader}: {leak}" for leak in leaks(answer, words)]
    assert taken >= FEWEST
    assert not found, "\n".join(found)
