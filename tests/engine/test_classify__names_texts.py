from pathlib import Path

import numpy as np
import pytest

from maillage_engine import InvalidArgument, InvalidProblem
from maillage_engine.errors import InvalidFile
from maillage_engine.files.classifier import load_classifier, write_classifier
from maillage_engine.methods.classify import LabelledTexts, Sentences, TypeClassifier, train
from tests.engine.labelled_texts import CODES, NAMES, TEXTS, small

STRANGERS = ("hello my friend", "guten Morgen", "zzz qqq", "la lune tourne", "xkcd wqz", "merci bonsoir")


def kept(classifier: TypeClassifier, path: Path) -> TypeClassifier:
    with path.open("wb") as file:
        write_classifier(classifier, file)
    return load_classifier(path)


def test_classify__finds_what_it_was_taught() -> None:
    best = train(small()).propose(["restes de la cantine", "un fourgon", "la paie du comptable"], 1)
    assert [row[0].code for row in best] == ["bio", "auto", "compta"]


def test_t3__label_never_taught_is_found_by_its_name() -> None:
    assert train(small()).propose(["louer une salle pour une réunion"], 1)[0][0].code == "salle"


def test_t4__text_with_several_right_labels_teaches_each() -> None:
    codes = (("bio", "compta"), *CODES[1:])
    classifier = train(LabelledTexts.of(TEXTS, codes, names=NAMES))
    two = {one.code for one in classifier.propose(["épluchures de la cantine"], 2)[0]}
    assert two == {"bio", "compta"}


@pytest.mark.parametrize("meaning", [False, True])
def test_t5__same_seed_same_file_and_same_answers_once_read(meaning: bool, tmp_path: Path) -> None:
    vectors = small(meaning=True).vectors if meaning else None
    one, two = (train(small(meaning=meaning), strangers=(), seed=3) for _ in range(2))
    again = kept(one, tmp_path / "one.npz")
    kept(two, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert np.allclose(again.chances(TEXTS, vectors), one.chances(TEXTS, vectors), atol=5e-3)


def test_classifier_file__something_else_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "other.npz").write_bytes(b"not a model")
    with pytest.raises(InvalidFile, match="maillage train"):
        load_classifier(tmp_path / "other.npz")


def test_t6__strangers_are_none_of_these_more_than_what_is_known() -> None:
    classifier = train(small(), strangers=STRANGERS)
    known, strange, empty = classifier.understand(["comptes de la cantine", "bonsoir my friend zzz", "  "], 2)
    assert strange.none_of_these > known.none_of_these
    assert sum(one.confidence for one in classifier.propose(["comptes"], 4)[0]) <= 1
    assert empty.proposals == ()
    assert empty.none_of_these == 1


def test_classify__draws_fewer_examples_when_there_are_too_many() -> None:
    classifier = train(small(), most_examples=10, seed=1)
    assert len(classifier.right) == 10
    assert classifier.right[-4:] == ((0,), (1,), (2,), (3,))


def test_classify__asks_for_vectors_and_for_one_answer_at_least() -> None:
    with pytest.raises(InvalidArgument, match="vectors"):
        train(small(meaning=True)).chances(["fourgon"])
    with pytest.raises(InvalidArgument, match="k"):
        train(small()).propose(["fourgon"], 0)


def test_t19__sentences_are_weighed_without_their_example_and_are_no_examples() -> None:
    said = Sentences(
        ("nous cherchons un fourgon le mardi", "il nous faut des restes de repas"), np.array([5, 1])
    )
    classifier = train(small(), sentences=said)
    assert classifier.right == train(small()).right
    assert classifier.propose(["nous cherchons une camionnette"], 1)[0][0].code == "auto"


def test_t19__sentence_of_a_text_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="sentences"):
        train(small(), sentences=Sentences(("nous cherchons",), np.array([12])))


def test_classify__sentences_of_examples_that_were_not_drawn_are_left_out() -> None:
    said = Sentences(tuple(f"nous cherchons {text}" for text in TEXTS), np.arange(12))
    classifier = train(small(), sentences=said, most_examples=10, seed=1)
    assert len(classifier.right) == 10
