"""While one writes: the trained model names the types that no word of the catalogue says, marked as guesses."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.words import propose_types
from maillage.domain.matching.bridges.types import TrainedOn, kept_model, proposed_types
from maillage_engine.files.classifier import write_classifier
from maillage_engine.methods.classify import LabelledTexts, train
from maillage_engine.text import LexicalEncoder
from tests.factories.actors import make_account, make_pole
from tests.factories.catalogue import make_resource_type

TEXTS = {
    "marionnette": ("zigoulinette à ficelles", "grande zigoulinette", "zigoulinettes du spectacle"),
    "toupie": ("bourlingueuse qui tourne", "petite bourlingueuse", "bourlingueuses de bois"),
    "sifflet": ("tourlourou de terre", "tourlourou sonore", "vieux tourlourous"),
}
STRANGERS = ("quelle heure", "xqz wvk", "the weather", "il pleut", "bonjour", "jjjj", "hello there", "qwerty")
SAID = "une zigoulinette pour le spectacle"
GUESS = "d’après le sens de la phrase"
HERE = "/p/gatinais/besoins-et-offres/noter/en-ecrivant/"


def learn(path: Path, *, encoder: str = "") -> Path:
    """Write the model of three types; with the build of an encoder, the vectors are those of the lexical one."""
    texts = [(text, code) for code, some in TEXTS.items() for text in some]
    encode = LexicalEncoder().encode_needs if encoder else None
    said, names = [text for text, _ in texts], {code: code.capitalize() for code in TEXTS}
    problem = LabelledTexts.of(
        said,
        [(code,) for _, code in texts],
        names=names,
        vectors=encode(said) if encode else None,
        label_vectors=encode(list(names.values())) if encode else None,
    )
    strange = encode(STRANGERS) if encode else None
    with path.open("wb") as file:
        write_classifier(train(problem, strangers=STRANGERS, stranger_vectors=strange, encoder=encoder), file)
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learn(tmp_path_factory.mktemp("models") / "types.npz")


@pytest.fixture
def client(db: None) -> Client:
    pole: Pole = make_pole("Gâtinais en essai", "gatinais")
    client = Client()
    account = make_account(Role.FACILITATOR, pole)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, words: str, **fields: str) -> str:
    answer = client.post(HERE, {"words": words, **fields}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return text


def proposed(text: str, model: Path) -> list[tuple[str, float]]:
    return proposed_types(text, 3, TrainedOn(model, "lexical", model.parent))


def test_chips__without_a_model_are_those_of_the_words(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.TYPE_MODEL = tmp_path / "types.npz"
    make_resource_type("marionnette", "Marionnette d’essai")
    text = ask(client, SAID)
    assert "Nous ne reconnaissons pas encore" in text
    assert GUESS not in text


def test_chips__a_sentence_without_any_known_word_gets_its_type(
    client: Client, settings: Any, model: Path
) -> None:
    settings.TYPE_MODEL = model
    make_resource_type("marionnette", "Marionnette d’essai")
    assert propose_types(SAID, read_catalogue()) == []
    text = ask(client, SAID)
    assert "Marionnette d’essai" in text
    assert text.count(GUESS) == 1
    assert "Nous hésitons. Touchez ce qui convient." in text
    assert "data-no-draft checked" not in text


def test_chips__a_guess_that_was_touched_stays(client: Client, settings: Any, model: Path) -> None:
    settings.TYPE_MODEL = model
    make_resource_type("marionnette", "Marionnette d’essai")
    text = ask(client, SAID, resource_type="marionnette")
    assert 'value="marionnette" data-no-draft checked' in text
    assert text.count('value="marionnette"') == 1


def test_chips__words_come_first_and_lose_none_of_their_quotes(
    client: Client, settings: Any, model: Path
) -> None:
    settings.TYPE_MODEL = model
    make_resource_type("marionnette", "Marionnette d’essai")
    best = propose_types("Un fourgon", read_catalogue())[0]
    make_resource_type(best.code, "Camionnette d’essai")
    text = ask(client, f"Un fourgon et {SAID}")
    assert text.index("Camionnette d’essai") < text.index("Marionnette d’essai") < text.index(GUESS)
    assert text.count(GUESS) == 1


@pytest.mark.parametrize("words", ["xkqj wvvz kkkk", "hello, how are you?", "1234"])
def test_chips__nonsense_gets_no_type(words: str, client: Client, settings: Any, model: Path) -> None:
    settings.TYPE_MODEL = model
    for code in TEXTS:
        make_resource_type(code)
    assert GUESS not in ask(client, words)


def test_chips__a_retired_type_is_not_proposed(client: Client, settings: Any, model: Path) -> None:
    settings.TYPE_MODEL = model
    make_resource_type("marionnette", "Marionnette d’essai", retired=True)
    assert "Marionnette" not in ask(client, SAID)


@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_model__truncated_file_is_ignored(
    cut: int, model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = tmp_path / "types.npz"
    damaged.write_bytes(model.read_bytes()[:cut])
    assert proposed(SAID, damaged) == []
    assert "maillage train" in caplog.text


def test_model__any_altered_byte_never_breaks_the_page(model: Path, tmp_path: Path) -> None:
    whole = model.read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        damaged = tmp_path / f"{place}.npz"
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        kept_model(damaged)


def test_model__is_read_once_and_again_when_it_changes(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "types.npz"
    path.write_bytes(model.read_bytes())
    first = kept_model(path)
    assert first is not None
    assert kept_model(path) is first
    path.write_bytes(b"")
    assert kept_model(path) is None


def test_model__without_meaning_serves_whatever_the_encoder(model: Path) -> None:
    assert [code for code, _ in proposed(SAID, model)][:1] == ["marionnette"]


def test_model__with_meaning_serves_its_own_encoder(tmp_path: Path) -> None:
    path = learn(tmp_path / "types.npz", encoder=LexicalEncoder().build)
    assert [code for code, _ in proposed(SAID, path)][:1] == ["marionnette"]


def test_model__of_another_encoder_is_ignored(tmp_path: Path) -> None:
    assert proposed(SAID, learn(tmp_path / "types.npz", encoder="autre encodeur")) == []
