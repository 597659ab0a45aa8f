"""What several files of this folder build once."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.interfaces.secret_drawing import whole_world
from tests.interfaces.secret_ties import advance, tie
from tests.interfaces.secret_world import SecretWorld, hide, make_secret_world

SEED = 20261124


@pytest.fixture(scope="module")
def secret_base(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SecretWorld]:
    """The world around which secrets are hidden: built once for a file, taken back at its end."""
    folder = tmp_path_factory.mktemp("secrets")
    places = override_settings(MEDIA_ROOT=folder / "files", VECTOR_CACHE=folder)
    with places, django_db_blocker.unblock(), transaction.atomic():
        yield make_secret_world(SEED, folder)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def whole_secrets(secret_base: SecretWorld, django_db_blocker: DjangoDbBlocker) -> Iterator[SecretWorld]:
    """The world with some of everything hidden in it, each synergy at its step."""
    with django_db_blocker.unblock(), transaction.atomic():
        drawn = whole_world()
        made = hide(secret_base, drawn)
        advance(made, tie(made, drawn))
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Refusals by the hundred are what is asked for: their tracebacks are not written, nothing is kept near."""
    caches["near"].clear()
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
