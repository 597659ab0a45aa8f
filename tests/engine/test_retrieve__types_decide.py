import numpy as np
import pytest

from maillage_engine import InvalidArgument, InvalidProblem
from maillage_engine.methods.retrieve import hybrid_scores
from maillage_engine.methods.retrieve.types import KnownTypes


def three_types() -> KnownTypes:
    answers = np.eye(3)
    answers[0, 1] = 0.9  # an offer of type 1 answers a need of type 0
    return KnownTypes(np.eye(3, dtype=np.float32), (0, 1, 2), answers)


def test_t9__offer_whose_type_answers_comes_before_one_as_close() -> None:
    vectors = np.eye(3, dtype=np.float32)
    types = three_types().closeness(vectors[:1], vectors[1:])
    alone = hybrid_scores(["besoin"], ["une", "autre"], cosines=np.full((1, 2), 0.5, dtype=np.float32))
    helped = hybrid_scores(
        ["besoin"], ["une", "autre"], cosines=np.full((1, 2), 0.5, dtype=np.float32), types=types
    )
    assert alone[0, 0] == alone[0, 1]
    assert helped[0, 0] > helped[0, 1]


def test_t9__closeness_of_types_is_the_one_counted_type_by_type() -> None:
    random = np.random.default_rng(2)
    names = random.normal(size=(7, 5)).astype(np.float32)
    of, answers = (0, 0, 1, 1, 2, 2, 2), random.random((3, 3))
    needs, offers = (random.normal(size=(2, 5)).astype(np.float32) for _ in range(2))
    centre = names.mean(axis=0)

    def profile(vector: np.ndarray) -> np.ndarray:
        moved = vector - centre
        cosines = [(n - centre) @ moved / np.linalg.norm(n - centre) / np.linalg.norm(moved) for n in names]
        best = np.array(
            [max(0, *(c for c, t in zip(cosines, of, strict=True) if t == one)) for one in range(3)]
        )
        share = np.exp(20 * best)
        return np.asarray(share / share.sum())

    found = KnownTypes(names, of, answers).closeness(needs, offers)
    carried, other = profile(needs[0]) @ answers, profile(offers[1])
    expected = carried @ other / np.linalg.norm(carried) / np.linalg.norm(other)
    assert found[0, 1] == pytest.approx(expected, abs=1e-3)


def test_retrieve__wrong_shapes_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="cosines"):
        hybrid_scores(["un"], ["deux"], cosines=np.zeros((2, 2), dtype=np.float32))
    with pytest.raises(InvalidProblem, match="of"):
        KnownTypes(np.eye(2, dtype=np.float32), (0, 0), np.eye(2))
