"""Words → types: learn from labelled texts, then rank the labels of new ones."""

from maillage_engine.methods.classify.classifier import Proposal, Proposed, TypeClassifier
from maillage_engine.methods.classify.model import TypeModel
from maillage_engine.methods.classify.problem import LabelledTexts
from maillage_engine.methods.classify.train import Sentences, train

__all__ = ["LabelledTexts", "Proposal", "Proposed", "Sentences", "TypeClassifier", "TypeModel", "train"]
