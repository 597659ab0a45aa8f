"""``maillage tour`` plans rounds from tables and from published instances, and refuses with a sentence."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maillage.interfaces.cli import tour_command
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage_engine.methods.tour import planning
from tests.engine.test_tour__published_formats import CVRP, SOLOMON
from tests.interfaces.cli_case import CommandLine, Ran

STOPS = """Arrêt;Commune;Poids (kg);Volume (m³);De;À;Durée;Matière;Priorité
Cantine;Bourges;120;0,5;8h;11h;15;biodéchets;obligatoire
Collège;Vierzon;80;0,4;08:30;12h;10 min;carton;obligatoire
Épicerie;Achères;0,3 t;1,2;;;20;carton;souhaité
"""
VEHICLES = """Véhicule;Nombre;Charge utile (kg);Volume utile (m³);€ par km;€ par heure;De;À;Départ;Pause (min)
Fourgon;2;900;8;0,45;22;7h30;17h;Bourges;45
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def _tour(cli: CommandLine, *words: str | Path, stops: str = STOPS, name: str = "arrets.csv") -> Ran:
    return cli("tour", cli.file(stops, name), "--temps", "0.2", "--date", "24/11/2026", *words)


def _json(cli: CommandLine, *words: str | Path, **files: str) -> dict[str, Any]:
    ran = _tour(cli, "--sortie", cli.folder / "r.json", *words, **files)
    assert ran.code == ExitCode.OK, ran.err
    found: dict[str, Any] = json.loads((cli.folder / "r.json").read_text(encoding="utf-8"))
    return found


def test_tour__answers_in_a_few_sentences(cli: CommandLine) -> None:
    ran = _tour(cli, "--depot", "Bourges")
    assert ran.code == ExitCode.OK
    assert "3 arrêts sur 3 sont desservis" in ran.out
    assert "Résultat vérifié" in ran.out
    assert "à préciser" in ran.err


def test_tour__the_file_has_what_others_check(cli: CommandLine) -> None:
    found = _json(cli, "--vehicules", cli.file(VEHICLES, "v.csv"))
    assert {"cost", "bound", "gap", "seconds", "status", "certificate", "routes", "timetable"} <= set(found)
    assert found["certificate"]["valid"]
    assert found["bound"] <= found["cost"]
    assert sorted(stop for route in found["routes"] for stop in route) == ["Cantine", "Collège", "Épicerie"]


def test_tour__quantities_and_hours_are_read_as_typed(cli: CommandLine) -> None:
    rounds = _json(cli, "--depot", "Bourges")["timetable"]
    at = {line["id"]: line for one in rounds for line in one["lines"] if line["kind"] == "visit"}
    assert 8.5 * 3600 <= at["Collège"]["begin"] <= 12 * 3600
    assert at["Cantine"]["leave"] - at["Cantine"]["begin"] == 900
    assert sum(max(line["load"]["kg"] for line in one["lines"]) for one in rounds) == 500_000


def test_tour__a_stop_may_weigh_nothing(cli: CommandLine) -> None:
    assert _json(cli, "--depot", "Bourges", stops=STOPS.replace("120;0,5", "0;0,5"))["left_out"] == []


def test_v17__no_carbon_figure_without_a_factor_and_its_source(cli: CommandLine) -> None:
    assert _json(cli, "--depot", "Bourges")["co2e"] is None
    found = _json(cli, "--depot", "Bourges", "--co2", "0.25", "--source-co2", "essai")
    assert found["co2e"]["kg"] == pytest.approx(found["km"] * 0.25, abs=1e-3)
    assert "--source-co2" in _tour(cli, "--depot", "Bourges", "--co2", "0.25").err


def test_tour__materials_may_be_parted(cli: CommandLine) -> None:
    found = _json(cli, "--depot", "Bourges", "--separer", "biodéchets+carton")
    assert ["Cantine"] in found["routes"]


def test_tour__a_stop_left_out_says_why(cli: CommandLine) -> None:
    stops = STOPS + "Ferme;Montargis;5 t;2;;;10;fumier;obligatoire\n"
    left = _json(cli, "--depot", "Bourges", stops=stops)["left_out"]
    assert [(one["id"], one["reason"]) for one in left] == [("Ferme", "capacity")]
    assert "dépasse la capacité" in _tour(cli, "--depot", "Bourges", stops=stops).out


def test_tour__stops_that_come_back_make_a_week(cli: CommandLine) -> None:
    stops = "Arrêt;Commune;kg;Tous les n jours\nA;Bourges;100;1\nB;Vierzon;100;2\nC;Achères;100;2\n"
    found = _json(cli, "--depot", "Bourges", "--jours", "4", stops=stops)
    served = [sorted(stop for route in day["routes"] for stop in route) for day in found["days"]]
    assert served in ([["A", "B"], ["A", "C"]] * 2, [["A", "C"], ["A", "B"]] * 2)


def test_tour__writes_a_table_and_a_page(cli: CommandLine) -> None:
    table, page = cli.folder / "r.csv", cli.folder / "r.html"
    assert _tour(cli, "--depot", "Bourges", "--sortie", table, "--rapport", page).code == ExitCode.OK
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert {"Départ", "Arrêt", "Retour"} == {row["Étape"] for row in rows}
    text = page.read_text(encoding="utf-8")
    assert "Cantine" in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_tour__a_published_instance_is_read_and_written(cli: CommandLine) -> None:
    found = _json(cli, stops=CVRP, name="petit.vrp")
    assert found["cost"] == 40
    assert sorted(found["routes"]) in ([["1"], ["2"], ["3"]], [["1", "2"], ["3"]], [["1", "3"], ["2"]])
    assert "CVRPLIB" in found["convention"]
    assert _json(cli, stops=SOLOMON, name="petit.txt")["status"] in {"feasible", "optimal"}


@pytest.mark.parametrize(
    ("stops", "words"),
    [
        ("", "est vide"),
        ("Arrêt;Commune;kg\n", "aucune ligne"),
        (STOPS.replace("120", "-120"), "négative"),
        (STOPS.replace("8h;11h", "11h;8h"), "finit avant de commencer"),
        (STOPS.replace("8h;11h", "tôt;11h"), "n’est pas une heure"),
        (STOPS.replace("0,3 t", "0,3 m³"), "n’est pas une unité de poids"),
        (STOPS.replace("Vierzon", "Atlantide"), "Atlantide"),
        (STOPS.replace("souhaité", "facultatif"), "Valeur"),
    ],
)
def test_tour__faulty_stops_are_refused_with_a_sentence(cli: CommandLine, stops: str, words: str) -> None:
    ran = _tour(cli, "--depot", "Bourges", "--sortie", cli.folder / "r.json", stops=stops)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert words in ran.err
    assert not (cli.folder / "r.json").exists()


def test_tour__faulty_vehicles_are_refused_with_a_sentence(cli: CommandLine) -> None:
    nothing = cli.file(VEHICLES.replace("900;8", "0;0"), "v.csv")
    assert "ne peut rien porter" in _tour(cli, "--vehicules", nothing).err
    nowhere = cli.file(VEHICLES.replace(";Bourges;", ";;"), "w.csv")
    assert "d’où part-il" in _tour(cli, "--vehicules", nowhere).err
    assert "--depot" in _tour(cli).err


def test_tour__ctrl_c_leaves_the_old_file(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    old = cli.file("ancien", "r.json")
    monkeypatch.setattr(planning, "solve", interrupted)
    ran = _tour(cli, "--depot", "Bourges", "--sortie", old)
    assert ran.code == ExitCode.INTERRUPTED
    assert old.read_text(encoding="utf-8") == "ancien"


def test_tour__a_failed_writing_leaves_the_old_file(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object) -> None:
        raise KeyboardInterrupt

    old = cli.file("ancien", "r.csv")
    monkeypatch.setattr(tour_command, "write_table", full)
    assert _tour(cli, "--depot", "Bourges", "--sortie", old).code == ExitCode.INTERRUPTED
    assert [one.name for one in cli.folder.iterdir() if "part" in one.name] == []
    assert old.read_text(encoding="utf-8") == "ancien"


def test_tour__a_plan_that_fails_its_certificate_is_not_shown(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = planning.tour
    monkeypatch.setattr(tour_command, "tour", lambda *words, **more: replace(honest(*words, **more), cost=1))
    ran = _tour(cli, "--depot", "Bourges", "--sortie", cli.folder / "r.json")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "n’a pas passé sa vérification" in ran.err
    assert not (cli.folder / "r.json").exists()
