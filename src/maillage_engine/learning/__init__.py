"""Learning from what people do: acceptances and refusals re-weight the criteria, a little, in the open.

``decisions`` is the problem, ``learn`` the method, ``result`` what it gives (and its JSON), ``replay`` what the new
weights would have changed on past decisions, ``bounds`` what a weight may never leave, ``fit`` the regression.
"""

from maillage_engine.learning.bounds import DEFAULT_BOUNDS, Bounds
from maillage_engine.learning.decisions import Decisions
from maillage_engine.learning.learn import learn
from maillage_engine.learning.replay import Replay
from maillage_engine.learning.result import LearnedPole, LearningResult, weights_from

__all__ = [
    "DEFAULT_BOUNDS",
    "Bounds",
    "Decisions",
    "LearnedPole",
    "LearningResult",
    "Replay",
    "learn",
    "weights_from",
]
