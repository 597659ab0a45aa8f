from pathlib import Path

import numpy as np
import pytest
from benchmarks import classify

from maillage.domain.catalogue.files import read_catalogue
from maillage_engine.text import LexicalEncoder
from tests.engine.labelled_texts import CODES, NAMES, TEXTS


def test_benchmark__classify_measures_each_peer_on_texts_that_it_has_not_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(classify, "PEERS", {"BM25": classify.bm25, "SVM": classify.linear_svm})
    case = classify.Case("essai", list(TEXTS), list(CODES), NAMES)
    lines = classify.measured(case, LexicalEncoder(), folds=3, first=2)
    assert [line.peer.split()[0] for line in lines] == ["BM25", "SVM"]


def test_benchmark__hits_count_a_wrong_label_that_scores_the_same_as_before_the_right_one() -> None:
    scores = np.array([[1, 1, 0], [0, 2, 1]], dtype=np.float32)
    assert classify.hits(scores, [{0}, {1}]) == [0.5, 1.0]
    assert classify.hits(scores, [set(), {1, 2}]) == [0.5, 0.5]


def test_benchmark__every_sentence_names_a_type_of_the_catalogue() -> None:
    known = {row.code for row in read_catalogue().types}
    rows = classify.rows_of(Path(classify.__file__).with_name("sentences.csv"))
    assert len(rows) >= 40
    assert {row["code"] for row in rows} <= known


def test_benchmark__times_are_percentiles_in_milliseconds() -> None:
    clock, worked = classify.times_of(lambda text: sum(range(1000)), ["un"] * 50)
    assert 0 < worked <= 1000
    assert 0 < clock <= 5000
