"""Capture: when what is said is a skill, a profession is proposed; the one that is touched is kept with the intent."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage_engine.files.classifier import write_model
from maillage_engine.methods.classify import LabelledTexts, TypeModel, train
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type

HERE = "/p/gatinais/besoins-et-offres/noter/"
LIVE = f"{HERE}en-ecrivant/"
ASKED = "Quel métier ?"
SAID = "un boulanger deux jours par semaine"
TYPES = {
    "faire-du-pain": ("boulanger du village", "pain et brioche"),
    "vendre": ("vendeuse au marché", "tenir un étal"),
}
TRADES = {
    "pain": ("boulanger au levain", "boulanger de nuit", "faire le pain"),
    "vente": ("vendeuse en boutique", "vendre au marché", "tenir la caisse"),
}
STRANGERS = ("quelle heure", "xqz wvk", "the weather", "il pleut", "bonjour", "jjjj", "hello there", "qwerty")


def learn(texts: dict[str, tuple[str, ...]]) -> Any:
    pairs = [(text, (code,)) for code, some in texts.items() for text in some]
    said, codes = [text for text, _ in pairs], [code for _, code in pairs]
    return train(LabelledTexts.of(said, codes), strangers=STRANGERS)


@pytest.fixture
def client(db: None, settings: Any, tmp_path: Path) -> Client:
    pole: Pole = make_pole("Gâtinais en essai", "gatinais")
    make_membership(pole, make_organisation("Fournil des Tilleuls"))
    make_resource_type("faire-du-pain", "Pain d’essai", kind="skill", dimension="time", unit="h")
    make_resource_type("farine", "Farine d’essai")
    settings.TYPE_MODEL = tmp_path / "types.npz"
    model = TypeModel(learn(TYPES), learn(TRADES), {"pain": "Boulanger, boulangère", "vente": "Vendeuse"})
    with settings.TYPE_MODEL.open("wb") as file:
        write_model(model, file)
    client = Client()
    account = make_account(Role.FACILITATOR, pole)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, **fields: Any) -> str:
    answer = client.post(LIVE, {"words": SAID, **fields}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return text


def keep(client: Client, **fields: Any) -> Intent:
    author = Organisation.objects.get().pk
    assert client.post(HERE, {"words": SAID, "author": author, **fields}).status_code == 302
    return Intent.objects.get()


def test_profession__is_proposed_behind_a_skill_and_never_ticked(client: Client) -> None:
    text = ask(client, resource_type="faire-du-pain")
    assert ASKED in text
    assert 'value="Boulanger boulangère" data-no-draft>' in text
    assert 'id="metier-aucun" name="profession" value="" data-no-draft checked' in text


@pytest.mark.parametrize(
    "fields", [{}, {"resource_type": "farine"}, {"resource_type": "aucun", "type_guess": "x"}]
)
def test_profession__is_not_asked_when_it_is_no_skill(client: Client, fields: dict[str, str]) -> None:
    assert ASKED not in ask(client, **fields)


def test_profession__is_not_asked_of_words_that_name_none(client: Client) -> None:
    assert ASKED not in ask(client, words="xqz wvk jjjj", resource_type="faire-du-pain")


def test_profession__stays_when_the_words_change(client: Client) -> None:
    text = ask(client, words="au marché", resource_type="faire-du-pain", profession="Boulanger boulangère")
    assert 'value="Boulanger boulangère" data-no-draft checked' in text


def test_profession__is_kept_among_what_counts(client: Client) -> None:
    fields = {"resource_type": "faire-du-pain", "profession": "Boulanger boulangère", "qualities": "bio"}
    assert keep(client, **fields).qualities == ["métier : Boulanger boulangère", "bio"]


def test_profession__is_dropped_with_its_skill(client: Client) -> None:
    assert keep(client, resource_type="farine", profession="Boulanger boulangère").qualities == []
