"""Assemble: several offers for one need, or a chain of recipes that makes what is missing."""

from dataclasses import replace

from maillage.core.errors import UserMistake
from maillage.domain.matching.bridge import encoder_named, knows
from maillage.domain.matching.studies.listening import Listener
from maillage.domain.matching.studies.outcome import StudyInput, StudyOutcome
from maillage.domain.matching.studies.problems import pole_problem

GONE = "Ce besoin n’est plus ouvert. Choisissez-en un autre."


def find_together(given: StudyInput) -> StudyOutcome:
    """Find the bundles that answer the need of the parameters. Raises ``UserMistake`` when it is gone."""
    from maillage.domain.matching.bridges.bundles import bundle_study  # noqa: PLC0415 - the solver takes a second to load

    listener = Listener(given.progress, total=3)
    listener.step(0, "Lire les offres")
    problem = pole_problem(given)
    key = str(given.parameters["need"])
    if not knows(problem=problem, key=key, kind="need"):
        raise UserMistake(GONE)
    listener.step(1, "Chercher qui va ensemble")
    outcome = bundle_study(
        problem=problem,
        need=key,
        goal=given.parameters["goal"],
        k=given.parameters["k"],
        seed=given.seed,
        cancelled=listener.cancelled,
    )
    listener.step(2, "Enregistrer")
    return replace(outcome, encoder_build=encoder_named(given.encoder, given.vector_folder).build)


def find_chain(given: StudyInput) -> StudyOutcome:
    """Find the chains of recipes that serve the need of the parameters. Raises ``UserMistake`` when it is gone."""
    from maillage.domain.matching.bridges.chains import chain_study  # noqa: PLC0415 - the solver takes a second to load

    listener = Listener(given.progress, total=3)
    listener.step(0, "Lire les offres et les recettes")
    problem = pole_problem(given)
    told = given.parameters
    key = str(told["need"])
    if not knows(problem=problem, key=key, kind="need"):
        raise UserMistake(GONE)
    listener.step(1, "Assembler")
    outcome = chain_study(
        problem=problem,
        need=key,
        k=told["k"],
        worth=told.get("worth"),
        km_cost=told.get("km_cost"),
        seed=given.seed,
        cancelled=listener.cancelled,
    )
    listener.step(2, "Enregistrer")
    return replace(outcome, encoder_build=encoder_named(given.encoder, given.vector_folder).build)
