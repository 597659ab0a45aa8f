from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from maillage_engine import InvalidProblem
from maillage_engine.certify.classify import certify_classifier
from maillage_engine.methods.classify import LabelledTexts, TypeClassifier, train
from maillage_engine.stop import Cancelled, Stop
from tests.engine.labelled_texts import small


@pytest.mark.parametrize("meaning", [False, True])
def test_t7__certificate_of_a_fresh_classifier_holds(meaning: bool) -> None:
    problem = small(meaning=meaning)
    assert certify_classifier(problem, train(problem)).valid


def weight_changed(classifier: TypeClassifier) -> TypeClassifier:
    first = classifier.weights[0].copy()
    first[:, 0] += 0.1
    return replace(classifier, weights=(first, *classifier.weights[1:]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: replace(one, digest="0" * 64), "digest"),
        (lambda one: replace(one, labels=one.labels[::-1]), "labels"),
        (weight_changed, "equations"),
        (lambda one: replace(one, choice=one.choice * np.nan), "choice"),
        (lambda one: replace(one, right=((3,), *one.right[1:])), "examples"),
    ],
)
def test_t7__certificate_finds_the_fault(
    change: Callable[[TypeClassifier], TypeClassifier], code: str
) -> None:
    problem = small()
    assert code in {one.name for one in certify_classifier(problem, change(train(problem))).faults}


@pytest.mark.parametrize(
    ("arguments", "attribute"),
    [
        ({"right": ((0,), ())}, "right"),
        ({"right": ((0,), (5,))}, "right"),
        ({"right": ((0,),)}, "right"),
        ({"labels": ("a", "a")}, "labels"),
        ({"labels": ("a",)}, "labels"),
        ({"label_texts": ("un",)}, "label_texts"),
        ({"vectors": np.ones((2, 3))}, "vectors"),
        ({"vectors": np.full((2, 3), np.nan), "label_vectors": np.ones((2, 3))}, "vectors"),
        ({"vectors": np.ones((2, 3)), "label_vectors": np.ones((2, 4))}, "label_vectors"),
        ({"texts": (), "right": ()}, "texts"),
    ],
)
def test_t8__impossible_texts_are_refused_by_name(arguments: dict[str, object], attribute: str) -> None:
    sound: dict[str, object] = {"texts": ("un", "deux"), "right": ((0,), (1,)), "labels": ("a", "b")}
    with pytest.raises(InvalidProblem) as refused:
        LabelledTexts(**{**sound, **arguments})  # type: ignore[arg-type]  # on purpose
    assert refused.value.attribute == attribute


def test_t8__cancelled_training_returns_nothing() -> None:
    with pytest.raises(Cancelled):
        train(small(), stop=Stop(cancelled=lambda: True))
