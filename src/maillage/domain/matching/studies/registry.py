"""Which function carries out which study."""

from collections.abc import Callable

from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.studies import assembling, networking, rounds, sharing
from maillage.domain.matching.studies.outcome import StudyInput, StudyOutcome

STUDIES: dict[RunMethod, Callable[[StudyInput], StudyOutcome]] = {
    RunMethod.ALLOCATE: sharing.carry_out,
    RunMethod.BUNDLE: assembling.find_together,
    RunMethod.CHAIN: assembling.find_chain,
    RunMethod.NETWORK: networking.carry_out,
    RunMethod.TOUR: rounds.carry_out,
}


def study_of(method: RunMethod) -> Callable[[StudyInput], StudyOutcome]:
    """Return the function of a method."""
    return STUDIES[method]
