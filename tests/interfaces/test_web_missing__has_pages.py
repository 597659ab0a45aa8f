"""« Ce qui manque » and the queue of the desk stay readable when there are many lines."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.matching import bridge
from maillage.domain.matching.operations import ask_run, carry_out_run
from tests.factories.actors import make_account, make_pole
from tests.factories.exchanges import make_intent
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db
MANY = 60


@pytest.fixture
def pole(settings: Any, tmp_path: Path) -> Pole:
    """Sixty needs that nothing answers, each in a commune of its own, and a run that looked for answers."""
    towns = [make_municipality(f"Commune {number}", f"18{number:03}") for number in range(1, MANY + 1)]
    made = make_pole("Pôle d’essai", "essai", territory=make_territory("Berry d’essai", towns))
    on = timezone.localdate()
    for number, town in enumerate(towns):
        said = on - timedelta(days=number)
        make_intent(
            pole=made,
            municipality=town,
            title=f"Besoin {number:02}",
            visibility="public",
            said_on=said,
            confirmed_on=said,
        )
    bridge.encoder_named.cache_clear()
    at = timezone.now()
    run = ask_run(pole=made, asked_by=None, at=at)
    carry_out_run(run=run, today=on, clock=lambda: at, encoder="lexical", vector_folder=tmp_path)
    return made


def _page(client: Client, query: str = "") -> str:
    return (
        client.get(f"/p/essai/ce-qui-manque/{query}")
        .content.decode()
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )


def test_missing__lists_fifty_lines_then_the_others(client: Client, pole: Pole) -> None:
    first, second = _page(client), _page(client, "?page=2")
    assert "Besoin 00" in first
    assert "Besoin 59" not in first
    assert "Besoin 59" in second
    assert "60 lignes" in second
    assert "sur 60 n’ont aucune réponse" in first


def test_missing__shows_the_first_places_then_all(client: Client, pole: Pole) -> None:
    assert "Voir aussi 35 autres lieux" in _page(client)
    whole = _page(client, "?lieux=tous")
    assert "Voir aussi" not in whole
    assert whole.count("Part sans réponse") > MANY


def test_desk__shows_the_first_of_a_group_and_how_many_others(client: Client, pole: Pole) -> None:
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    text = client.get("/p/essai/rapprochements/").content.decode().replace("\u00a0", " ")
    assert "60 lignes : changer" in text
    assert "Et 30 autres" in text
