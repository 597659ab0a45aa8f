"""The load measure and its peers: same rows, one table, and a line that says why DjangoLDP is absent when it is."""

import ast
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from benchmarks import djangoldp_peer, djangoldp_rows, load
from benchmarks.djangoldp_peer import Peer, djangoldp, reason
from django.db import connection

from tests.factories.actors import make_organisation
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_event

KEPT = {"id", "urlid", "is_backlink", "allow_create_backlink", "created_at", "updated_at"}


def row(name: str, median: int, worst: int = 300) -> dict[str, str]:
    return {"Name": name, "Median Response Time": str(median), "99%": str(worst), "Request Count": "12"}


def fields_of_the_peer() -> dict[str, set[str]]:
    """Return the columns of each table of the peer, read from its models without running them."""
    source = (djangoldp_peer.FOLDER / "pole" / "models.py").read_text(encoding="utf-8")
    tables: dict[str, set[str]] = {}
    for model in (one for one in ast.parse(source).body if isinstance(one, ast.ClassDef)):
        columns = tables.setdefault(f"pole_{model.name.lower()}", set(KEPT))
        for line in (one for one in model.body if isinstance(one, ast.Assign)):
            name, kind = ast.unparse(line.targets[0]), ast.unparse(line.value).split("(")[0]
            if kind == "models.ManyToManyField":
                tables[f"pole_{model.name.lower()}_{name}"] = {f"{model.name.lower()}_id", "organisation_id"}
            else:
                columns.add(f"{name}_id" if kind == "models.ForeignKey" else name)
    return tables


def test_load__a_page_stands_beside_both_peers() -> None:
    stats = [
        row("Accords", 50),
        row("Administration de Django : accords", 100),
        row("DjangoLDP : accords", 25),
    ]
    ours, *peers = load.lines_of(stats, Peer(pages=[("DjangoLDP : accords", "http://127.0.0.1/agreements/")]))
    assert (ours.peer, ours.ratio) == ("administration 100 ms ; DjangoLDP 25 ms", "2,00 ; 0,50")
    assert [(one.method, one.quality) for one in peers] == [
        ("Administration de Django : accords", "le pair"),
        ("DjangoLDP : accords", "le pair"),
    ]


@pytest.mark.parametrize(
    ("median", "worst", "said"), [(150, 600, "tenu"), (151, 600, "dépassé"), (1, 601, "dépassé")]
)
def test_load__our_pages_are_held_to_the_aim(median: int, worst: int, said: str) -> None:
    (line,) = load.lines_of([row("Synergies", median, worst)], Peer())
    assert (line.peer, line.quality) == ("–", said)


def test_load__an_absent_peer_has_its_line_and_no_claim_in_the_note() -> None:
    absent = Peer(absent="pas demandé")
    *_, line = load.lines_of([row("Accords", 50)], absent)
    assert (line.method, line.quality) == ("DjangoLDP", "pair non démarré : pas demandé")
    assert "JSON-LD" not in load.note_of(absent)
    assert "JSON-LD" in load.note_of(Peer())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("non", "pas demandé"),
        ("/nowhere/python", "No such file"),
        (sys.executable, "No module named 'djangoldp'"),
    ],
)
def test_load__a_peer_that_cannot_start_says_why_and_stops_nothing(
    asked: str, said: str, tmp_path: Path
) -> None:
    with djangoldp(asked, tmp_path, workers=1) as peer:
        assert peer.pages == []
        assert said in peer.absent


def test_load__the_reason_is_the_first_error_without_a_path_of_the_machine() -> None:
    told = "WARNING: Retrying\nERROR: No matching distribution | djangoldp in /home/anna/x\nERROR: again\n"
    failed = subprocess.CalledProcessError(1, ["pip"], stderr=told)
    assert reason(failed) == "ERROR: No matching distribution / djangoldp in …"


def test_load__the_peer_has_a_field_for_every_column_copied() -> None:
    assert {one.table: set(one.columns) for one in djangoldp_rows.TABLES} == fields_of_the_peer()


@pytest.mark.django_db
def test_load__the_peer_gets_the_same_rows() -> None:
    make_event()
    need, _offer = make_need(title="Douze tonnes\tde broyat\nà prendre"), make_offer()
    make_organisation("L’Atelier « du \\ Lac »")
    with psycopg.connect(**connection.get_connection_params()) as theirs, connection.cursor() as ours:
        for one in djangoldp_rows.TABLES:
            theirs.execute(
                f"CREATE TEMP TABLE {one.table} ({', '.join(f'{name} text' for name in one.columns)})"
            )
        got = djangoldp_rows.copy_rows(ours, theirs)
        ours.execute("SELECT count(*) FROM actors_organisation")
        assert got["pole_organisation"] == ours.fetchone()[0] > 1
        assert (got["pole_intent"], got["pole_economicevent"]) == (2, 1)
        written = theirs.execute(
            "SELECT title, urlid FROM pole_intent WHERE id = %s", [str(need.pk)]
        ).fetchone()
    assert written == (need.title, f"{djangoldp_rows.SITE}/intents/{need.pk}/")
