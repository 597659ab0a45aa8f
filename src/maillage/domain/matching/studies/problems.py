"""The pole's problem, as every study of needs and offers begins."""

from maillage.domain.matching import bridge
from maillage.domain.matching.rows import catalogue_table, set_aside_pairs, sides_of
from maillage.domain.matching.studies.outcome import StudyInput


def pole_problem(given: StudyInput) -> bridge.KeptProblem:
    """Return the problem of every open need and offer of the pole, texts encoded."""
    needs, offers = sides_of(pole=given.pole, on=given.today)
    return bridge.build_problem(
        needs=needs,
        offers=offers,
        catalogue=catalogue_table(),
        set_aside=set_aside_pairs(pole=given.pole),
        encoder=bridge.encoder_named(given.encoder, given.vector_folder),
        today=given.today,
    )
