import numpy as np
import pytest

from maillage_engine.methods.classify import train
from maillage_engine.methods.classify.ridge import fit_ridge
from maillage_engine.reference.classify import slow_chances, slow_without
from tests.engine.labelled_texts import small


@pytest.mark.parametrize("meaning", [False, True])
@pytest.mark.parametrize("text", ["cantine et jardin", "prêter un véhicule", "salle", "inconnu au bataillon"])
def test_t1__chances_are_those_of_the_slow_twin(text: str, meaning: bool) -> None:
    problem = small(meaning=meaning)
    classifier = train(problem)
    vector = np.random.default_rng(1).normal(size=8).astype(np.float32) if meaning else None
    vectors, names = problem.vectors, problem.label_vectors
    examples = [
        (one, None if vectors is None else vectors[row].astype(float))
        for row, one in enumerate(problem.texts)
    ] + [
        (one, None if names is None else names[row].astype(float))
        for row, one in enumerate(problem.label_texts)
    ]
    fast = classifier.chances([text], None if vector is None else vector[None])[0]
    slow = slow_chances(classifier, text, None if vector is None else vector.astype(float), examples)
    assert np.allclose(fast, slow, atol=2e-4)
    assert fast.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_t2__answers_without_an_example_are_those_of_a_regression_made_again(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(15, 4))
    kernel = np.exp(-((points[:, None] - points[None]) ** 2).sum(axis=2) / 4)
    targets = (random.random((15, 3)) < 0.4).astype(np.float64)
    without = fit_ridge(kernel.astype(np.float32), targets.astype(np.float32), 0.2).without
    for row in range(15):
        assert np.allclose(without[row], slow_without(kernel, targets, 0.2, row), atol=1e-3)


@pytest.mark.parametrize("seed", range(8))
def test_t19__answers_for_a_sentence_are_those_of_a_regression_without_its_example(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(15, 4))
    near = points + 0.3 * random.normal(size=(15, 4))
    kernel = np.exp(-((points[:, None] - points[None]) ** 2).sum(axis=2) / 4)
    spoken = np.exp(-((near[:, None] - points[None]) ** 2).sum(axis=2) / 4)
    targets = (random.random((15, 3)) < 0.4).astype(np.float64)
    ridge = fit_ridge(kernel.astype(np.float32), targets.astype(np.float32), 0.2)
    found = ridge.of_others(spoken.astype(np.float32), np.arange(15))
    for row in range(15):
        expected = slow_without(kernel, targets, 0.2, row, asked=spoken[row])
        assert np.allclose(found[row], expected, atol=1e-3)
