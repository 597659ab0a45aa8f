"""Every role crawls everything; no word that it may not know is ever found, and nothing depends on what is hidden."""

import re
from collections.abc import Iterable

import pytest
from django.test import Client

from maillage.domain.exchanges.enums import Visibility
from tests.interfaces.access import routes
from tests.interfaces.crawler import Visit, ask, crawl, read, send
from tests.interfaces.secret_leaks import differences, leaks
from tests.interfaces.secret_reading import OFFERED, Ways, names_communes, reads, searches
from tests.interfaces.secret_words import folded
from tests.interfaces.secret_world import READERS, Secrets, SecretWorld, change_what_is_hidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
FEWEST = 3  # fields by which a bystander searches
KNOWING_NOTHING = ("visitor", "bystander")
_TOKENS = re.compile(r"csrf\S*=\S*|[a-z0-9]{64}|expires=[^;]*")


@pytest.fixture
def hidden(whole_secrets: SecretWorld) -> SecretWorld:
    return whole_secrets


@pytest.mark.parametrize("reader", READERS)
def test_no_page_export_nor_call__tells_a_reader_what_it_may_not_know(
    reader: str, hidden: SecretWorld
) -> None:
    words, client, ways, found, kept = hidden.hidden_from(reader), hidden.client(reader), Ways(), [], []
    assert words, reader
    for answer in crawl(client, reads(hidden, reader, READERS.index(reader)), at_most=OFFERED):
        found += [f"{reader}: {leak}" for leak in leaks(answer, words)]
        ways.learn(answer)
        kept += [answer] if reader in KNOWING_NOTHING else []
    for visit in searches(ways):
        found += [f"{reader}: {leak}" for leak in leaks(ask(client, visit), words)]
    if reader in KNOWING_NOTHING:
        change_what_is_hidden(hidden)
        found += [f"{reader}: {one}" for one in differences(hidden.client(reader), kept)]
    assert not found, "\n".join(found)


def unseen(hidden: SecretWorld) -> list[Secrets]:
    """Return what a bystander sees in outline, or not at all."""
    secret = {Visibility.ANONYMOUS, Visibility.FACILITATORS}
    return [one for one in hidden.secrets if one.intent.visibility in secret]


def anonymous(hidden: SecretWorld) -> list[Secrets]:
    return [one for one in unseen(hidden) if one.intent.visibility == Visibility.ANONYMOUS]


def answered(client: Client, path: str, name: str, word: str) -> str:
    """Return what a search answers, but for the word itself and what is drawn at each reading."""
    return _TOKENS.sub("", read(client, f"{path}?{name}={word}").text.replace(word, ""))


def differing(
    client: Client, asked: Iterable[tuple[str, str]], words: Iterable[str]
) -> dict[tuple[str, str, str], str]:
    """Return what is answered otherwise to a word of a secret than to one as long that is nowhere."""
    found, words = {}, list(words)
    for path, name in asked:
        nothing = {
            length: answered(client, path, name, "q" * length) for length in {len(word) for word in words}
        }
        for word in words:
            answer = answered(client, path, name, word)
            if answer != nothing[len(word)]:
                found[path, name, word] = answer
    return found


def test_searching__finds_nothing_by_a_word_that_is_hidden(hidden: SecretWorld) -> None:
    client, ways = hidden.client("bystander"), Ways()
    for route in routes():
        if "pole" in route.parameters and "pk" not in route.parameters:
            ways.learn(ask(client, Visit(route.filled(hidden.world))))
    words = [folded(one.intent.title.split()[-1]) for one in unseen(hidden)]
    words += [
        folded(one.intent.author.name) for one in unseen(hidden) if "zx" in one.intent.author.name.lower()
    ]
    plain = sorted({re.sub("[^a-z]", "", word) for word in words})
    asked = sorted(one for one in ways.searched if not names_communes(*one))
    assert len(asked) >= FEWEST
    suspects = differing(
        client, asked, plain
    )  # near spellings are forgiven: a word may find what anybody sees
    change_what_is_hidden(hidden)
    assert [one for one, was in suspects.items() if answered(client, *one) != was] == []


def test_supporting__tells_not_who_said_it(hidden: SecretWorld) -> None:
    client, told_of = hidden.client("bystander"), []
    for one in anonymous(hidden):
        if one.intent.author.memberships.exists():
            address = f"/p/ici/besoins-et-offres/{one.intent.pk}/soutenir/"
            pair = [
                send(client, address, {"organisation": str(who.pk)})
                for who in (one.intent.author, hidden.spare)
            ]
            assert pair[0].status == pair[1].status
            told_of.append([_TOKENS.sub("", answer.text) for answer in pair])
    assert told_of
    assert all(one == two for one, two in told_of)


def test_writing__finds_what_hides_its_name_by_its_type_alone(hidden: SecretWorld) -> None:
    client, texts = hidden.client("bystander"), set()
    one = anonymous(hidden)[0].intent
    side = "besoin" if one.kind == "offer" else "offre"
    places = [str(one.municipality_id), str(hidden.world.pole.territory.municipalities.first().pk)]
    for place in places:
        for words in (one.title, "Reprendre autre chose"):
            given = {
                "words": words,
                "title": "x",
                "resource_type": "secret-type",
                "municipality": place,
                "quantity": "3",
            }
            answer = send(client, f"/p/ici/besoins-et-offres/noter/premieres-pistes/?sens={side}", given)
            texts.add(re.sub(r".*une structure du pole", "", _TOKENS.sub("", answer.text), flags=re.DOTALL))
            assert "une structure du pole, cc des trois haies" in answer.text
    assert len(texts) == 1
