"""``maillage train`` writes the model of a small catalogue, or says what to do."""

from pathlib import Path

import pytest

from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue
from maillage.interfaces.cli import train_command
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage_engine.files.classifier import load_classifier, load_model
from tests.interfaces.cli_case import CommandLine


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    whole = read_catalogue()
    small = CatalogueFiles(whole.version, whole.types[:40], (), whole.authorisations)
    monkeypatch.setattr(train_command, "read_catalogue", lambda: small)
    return CommandLine(tmp_path, capsys, communes=False)


def test_train__same_catalogue_gives_the_same_file(cli: CommandLine) -> None:
    for name in ("a.npz", "b.npz"):
        assert cli("train", "--encodeur", "lexical", "--sortie", cli.folder / name).code == ExitCode.OK
    assert (cli.folder / "a.npz").read_bytes() == (cli.folder / "b.npz").read_bytes()


def test_train__model_knows_the_synonyms_it_was_taught(cli: CommandLine) -> None:
    cli("train", "--encodeur", "lexical", "--sortie", cli.folder / "a.npz")
    classifier = load_classifier(cli.folder / "a.npz")
    taught = [(row.code, row.label) for row in read_catalogue().types[:40]]
    found = classifier.propose([label for _, label in taught], 3)
    right = sum(code in {one.code for one in some} for (code, _), some in zip(taught, found, strict=True))
    assert right >= 36


def test_train__other_ending_is_refused(cli: CommandLine) -> None:
    ran = cli("train", "--encodeur", "lexical", "--sortie", cli.folder / "a.pickle")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert ".npz" in ran.err


OFFICIAL = """appellation,code_rome
Souffleur / Souffleuse de verre,B9901
Verrier / Verrière d'art,B9901
Scaphandrier / Scaphandrière,I9902
Plongeur / Plongeuse de bord,I9902
"""


def test_train__names_a_profession_of_ours_and_of_an_official_file(cli: CommandLine) -> None:
    official = cli.file(OFFICIAL, "metiers.csv")
    ran = cli("train", "--encodeur", "lexical", "--metiers", official, "--sortie", cli.folder / "a.npz")
    assert ran.code == ExitCode.OK, ran.err
    model = load_model(cli.folder / "a.npz")
    assert model.professions is not None
    best = model.professions.propose(["il nous faut un maçon", "verrier d’art pour un atelier"], 1)
    assert [model.names[row[0].code] for row in best] == [
        "Maçon ou maçonne",
        "Souffleur / Souffleuse de verre",
    ]
    assert (cli.folder / "a.npz").stat().st_size < 60_000_000


def test_train__says_none_of_these_professions_of_a_thing(cli: CommandLine) -> None:
    cli("train", "--encodeur", "lexical", "--sortie", cli.folder / "a.npz")
    model = load_model(cli.folder / "a.npz")
    assert model.professions is not None
    trade, thing, noise = model.professions.understand(["électricienne", "carton ondulé", "zqxk wvv"], 1)
    assert trade.none_of_these < thing.none_of_these
    assert trade.none_of_these < 0.5 < noise.none_of_these


@pytest.mark.parametrize(
    ("content", "said"), [("maçon\nboulanger\n", "deux colonnes"), ("code;libelle\n;x\n", "aucune ligne")]
)
def test_train__official_file_without_professions_is_told(cli: CommandLine, content: str, said: str) -> None:
    official = cli.file(content, "metiers.csv")
    ran = cli("train", "--encodeur", "lexical", "--metiers", official, "--sortie", cli.folder / "a.npz")
    assert ran.code == ExitCode.FAULTY_INPUT
    assert said in ran.err
