"""Words → types: learn from labelled texts, then rank the labels of new ones."""

from maillage_engine.methods.classify.classifier import Proposal, Proposed, TypeClassifier
from maillage_engine.methods.classify.model import TypeModel
from maillage_engine.methods.classify.problem import LabelledTexts
from maillage_engine.methods.classify.train import train

__all__ = ["LabelledTexts", "Proposal", "Proposed", "TypeClassifier", "TypeModel", "train"]
