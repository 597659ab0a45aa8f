"""Whatever a command is given, it ends in a French sentence that says what to do, and writes nothing by half."""

import errno
from pathlib import Path

import pytest

from maillage.config.command import main
from maillage.core.errors import UserMistake
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.whole_file import whole
from tests.interfaces.cli_case import CommandLine

ARCS = "need,offer,value,need_qty,offer_qty\nn1,o1,3,10,4\nn1,o2,2,10,5\n"
STOPS = "arrêt;latitude;longitude;kg\nA;47.08;2.40;100\nB;47.22;2.07;50\n"
ENGLISH = ("Errno", "codec", "array", "Invalid", "Traceback", "missing", "expected")


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def refused(cli: CommandLine, *words: str | Path) -> str:
    """What a command answers that fails, in one French line; nothing new is in the folder."""
    before = sorted(cli.folder.iterdir())
    ran = cli(*words)
    assert ran.code in {ExitCode.FAULTY_INPUT, ExitCode.USAGE}, ran
    assert not any(word in ran.err for word in ENGLISH), ran.err
    assert sorted(cli.folder.iterdir()) == before
    return ran.err


@pytest.mark.parametrize(
    "words",
    [("allocate",), ("allocate", "--format", "orlib"), ("cooperate",), ("tour", "--temps", "1")],
    ids=["allocate", "orlib", "cooperate", "tour"],
)
def test_command__refuses_bytes_and_folders(cli: CommandLine, words: tuple[str, ...]) -> None:
    name, *options = words
    noise = cli.file(bytes(range(256)) * 8, "bruit.vrp")
    assert "ce n’est pas un texte" in refused(cli, name, noise, *options)
    folder = cli.folder / "dossier.vrp"
    folder.mkdir()
    assert "c’est un dossier" in refused(cli, name, folder, *options)


def test_explain__a_record_that_is_none_is_told_without_the_words_of_libraries(cli: CommandLine) -> None:
    asked = ("--besoin", "b1", "--offre", "o1")
    for record in (cli.file(b"\x1f\x8bnoise", "p.json.gz"), cli.file("{", "p.json"), cli.folder):
        assert "ce n’est pas un problème enregistré" in refused(cli, "explain", "--run", record, *asked)


def test_allocate__reads_what_a_spreadsheet_writes_in_utf_16(cli: CommandLine) -> None:
    ran = cli("allocate", cli.file(ARCS.encode("utf-16"), "arcs.csv"))
    assert ran.code == ExitCode.OK, ran.err


def test_tour__a_truncated_instance_is_told_without_the_words_of_libraries(cli: CommandLine) -> None:
    text = "NAME : x\nTYPE : CVRP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1\n"
    assert "qu’il est entier" in refused(cli, "tour", cli.file(text, "x.vrp"), "--temps", "1")


def test_tour__vehicles_without_a_known_column_are_refused(cli: CommandLine) -> None:
    stops, vehicles = cli.file(STOPS, "arrets.csv"), cli.file("foo;bar\n1;2\n", "v.csv")
    said = refused(cli, "tour", stops, "--vehicules", vehicles, "--depot", "Bourges", "--temps", "1")
    assert "aucun titre de colonne n’est compris (foo, bar)" in said
    assert "Charge utile (kg)" in said


@pytest.mark.parametrize("command", ["tour", "cooperate"])
def test_seed__is_a_number_from_zero(cli: CommandLine, command: str) -> None:
    assert "écrivez un nombre de 0" in refused(cli, command, "x.in", "--graine", "-5")


def test_cluster__an_address_without_a_port_is_told(cli: CommandLine) -> None:
    said = refused(cli, "allocate", cli.file(ARCS, "arcs.csv"), "--grappe", "machine")
    assert "écrivez par exemple tcp://machine:8786" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sortie", "rien/r.json"), "n’existe pas. Créez-le d’abord"),
        (("--sortie", "r.txt"), "choisissez un nom en .json"),
        (("--sortie", "plein.json"), "est un dossier"),
        (("--sortie", f"{'a' * 300}.json"), "trop long"),
        (("--date", "31/02/2026"), "n’existe pas. Écrivez jj/mm/aaaa"),
    ],
    ids=["folder", "ending", "a-folder", "long", "day"],
)
def test_options__are_looked_at_before_the_work(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str], said: str
) -> None:
    monkeypatch.chdir(cli.folder)
    (cli.folder / "plein.json").mkdir()
    for command in ("allocate", "cooperate", "tour", "network"):
        assert said in refused(cli, command, "absent.csv", *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("allocate", "arcs.csv", "--territoire", "Cher"), "--territoire n’a pas d’effet sans deux fichiers"),
        (
            ("allocate", "cap.txt", "--format", "orlib", "--equite", "commune"),
            "--equite n’a pas d’effet avec --format orlib",
        ),
        (
            ("cooperate", "p.in", "--besoin", "b1", "--distance", "3"),
            "--besoin, --distance n’ont pas d’effet sans",
        ),
        (("tour", "x.vrp", "--depot", "Bourges"), "--depot n’a pas d’effet sur une instance publiée"),
    ],
)
def test_options__that_would_change_nothing_are_refused(
    cli: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in refused(cli, *words)


def test_output__never_takes_the_place_of_what_is_read(cli: CommandLine) -> None:
    needs = cli.file("titre\nDu compost\n", "besoins.csv")
    said = refused(cli, "match", needs, cli.file("titre\nDu compost\n", "o.csv"), "--sortie", needs)
    assert "sert déjà dans cette commande" in said
    assert needs.read_text(encoding="utf-8") == "titre\nDu compost\n"


def test_output__two_results_are_two_files(cli: CommandLine) -> None:
    both = cli.file("titre\nA\n", "b.csv"), cli.file("titre\nA\n", "o.csv")
    one = cli.folder / "r.csv"
    assert "sert déjà" in refused(cli, "match", *both, "--sortie", one, "--defauts", one)


def write_badly(path: Path, error: OSError) -> None:
    with whole(path) as draft:
        draft.write_text("moi", encoding="utf-8")
        raise error


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "plus de place"), (errno.EACCES, "droit"), (errno.EIO, "refusé")]
)
def test_file__that_the_disk_refuses_is_a_sentence_and_leaves_the_old_one(
    tmp_path: Path, code: int, said: str
) -> None:
    path = tmp_path / "r.json"
    path.write_text("ancien", encoding="utf-8")
    with pytest.raises(UserMistake, match=said):
        write_badly(path, OSError(code, "words of the system"))
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["ancien"]


def test_interruption__while_modules_load_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("maillage.config.opening.run_command", stopped)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "Arrêté. Rien n’est enregistré à moitié.\n"
