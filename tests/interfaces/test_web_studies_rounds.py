"""Rounds on the desk: launched, followed, read, stopped; nothing half-written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.core.errors import Stopped, UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import RunStatus
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.running import carry_out_study
from maillage_engine.files.study import study_from
from tests.factories.actors import make_account, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_offer
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "/p/berry/rapprochements/tournees/"
VAN = {
    "depot": "Bourges-d’Essai",
    "days": "2",
    "number": "1",
    "kg": "900",
    "m3": "6",
    "leaves": "07:00",
    "back": "17:00",
    "service_minutes": "10",
    "km_cost": "0.5",
    "hour_cost": "20",
}


@pytest.fixture
def pole() -> Pole:
    return make_pole("Berry & Gâtinais", "berry")


@pytest.fixture
def stops(pole: Pole) -> list[Intent]:
    """Three heaps of peelings, one too heavy for the van, and the town it leaves from."""
    make_municipality("Bourges-d’Essai", latitude=47.08, longitude=2.4)
    kind = make_resource_type("epluchures", "Épluchures", dimension="mass", unit="t")
    towns = [make_municipality(f"Ville {at}", latitude=47.1 + at / 20, longitude=2.3) for at in range(3)]
    return [
        make_offer(
            pole=pole, title=f"Épluchures {at}", resource_type=kind, quantity=Decimal(quantity), unit="t",
            period="year", municipality=town, confirmed_on=TODAY,
        )
        for at, (town, quantity) in enumerate(zip(towns, (5, 8, 400), strict=True))
    ]  # fmt: skip


@pytest.fixture
def team(pole: Pole) -> Client:
    client = Client()
    account = make_account(Role.FACILITATOR, pole)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def launch(team: Client, stops: list[Intent], **changed: str) -> Any:
    """Post the form with every stop ticked."""
    return team.post(f"{URL}lancer/", {**VAN, "arret": [str(one.pk) for one in stops], **changed})


def carry_out(run: MatchingRun, progress: Any = lambda done, total, step: None) -> MatchingRun:
    """Carry a run out, as the worker does."""
    return carry_out_study(
        run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=Path(), progress=progress
    )


def test_rounds__are_launched_planned_and_read(team: Client, stops: list[Intent]) -> None:
    assert launch(team, stops).status_code == 302
    run = carry_out(MatchingRun.objects.get())
    page = team.get(f"{URL}{run.pk}/").content.decode()
    assert "2 passages sur 3" in page.replace("\xa0", " ")
    assert "Épluchures 0" in page
    assert "quantité dépasse la capacité" in page.replace("\xa0", " ")


def test_rounds__the_record_gives_the_same_problem(team: Client, stops: list[Intent]) -> None:
    launch(team, stops)
    run = carry_out(MatchingRun.objects.get())
    content = team.get(f"/p/berry/rapprochements/calculs/{run.pk}/dossier/").content
    assert study_from(content).digest == run.input_digest


def test_rounds__without_a_stop_says_what_to_do_and_keeps_what_was_typed(
    team: Client, stops: list[Intent]
) -> None:
    answer = launch(team, [], kg="750")
    assert answer.status_code == 422
    assert "Cochez au moins un arrêt." in answer.content.decode()
    assert 'value="750"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("depot", "Nulle-Part", "Nulle-Part"),
        ("back", "06:00", "Le retour vient après le départ."),
        ("kg", "nan", "Écrivez un nombre"),
        ("kg", "-3", "supérieure ou égale"),
        ("number", "", "Donnez un nombre."),
    ],
)
def test_rounds__a_faulty_field_is_refused(
    team: Client, stops: list[Intent], name: str, value: str, words: str
) -> None:
    answer = launch(team, stops, **{name: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MatchingRun.objects.exists()


def test_rounds__a_stop_that_never_comes_back_is_refused(team: Client, stops: list[Intent]) -> None:
    answer = launch(team, stops, **{f"tous-{stops[0].pk}": "0"})
    assert "tous les 1 à 366 jours" in answer.content.decode().replace("\xa0", " ")


def test_rounds__stopped_on_demand_leave_nothing(team: Client, stops: list[Intent]) -> None:
    def refuse(done: int, total: int, step: str) -> None:
        if done == 1:
            raise Stopped

    launch(team, stops)
    run = MatchingRun.objects.get()
    with pytest.raises(Stopped):
        carry_out(run, refuse)
    run.refresh_from_db()
    assert (run.status, run.result, run.problem) == (RunStatus.CANCELLED, {}, None)


def test_rounds__stops_without_a_place_are_told(team: Client, stops: list[Intent]) -> None:
    Intent.objects.update(municipality=None)
    launch(team, stops)
    with pytest.raises(UserMistake, match="lieu connu"):
        carry_out(MatchingRun.objects.get())
    assert MatchingRun.objects.get().status == RunStatus.FAILED


def test_rounds__of_another_method_or_pole_are_not_found(team: Client, stops: list[Intent]) -> None:
    launch(team, stops)
    run = carry_out(MatchingRun.objects.get())
    assert team.get(f"/p/berry/rapprochements/repartir/{run.pk}/").status_code == 404
    assert team.get(f"{URL}{run.pk + 1}/").status_code == 404
