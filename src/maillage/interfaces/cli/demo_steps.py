"""The steps of the demonstration, once Django is set up."""

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from maillage.core.french import NBSP, number, plural
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.matching.board import desk
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage.domain.matching.queries import last_run, strongest
from maillage.domain.matching.studies.running import ask_study, carry_out_study
from maillage.domain.places.operations import load_geography
from maillage.importers.demonstration.load import (
    DemonstrationSummary,
    load_demonstration,
    renew_demonstration_accounts,
)
from maillage.importers.municipalities import read_division
from maillage.interfaces.cli.import_steps import load_types as load_catalogue_and_verbs
from maillage.interfaces.web.agreements.doors import doors_of
from maillage.interfaces.web.synergies.addresses import addresses

LABELS = {
    "Migrations": "Tables et contraintes",
    "Communes": "Communes, EPCI, départements, régions",
    "Catalogue": "Catalogue des ressources",
}
SHOWN = 3


def migrate() -> str:
    """Bring the tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)
    return "à jour"


def load_communes() -> str:
    """Load the official list of communes."""
    division = read_division()
    load_geography(
        regions=division.regions,
        departments=division.departments,
        bodies=division.intermunicipal_bodies,
        municipalities=division.municipalities,
        source="package",
    )
    return f"{number(len(division.municipalities))}{NBSP}communes"


def load_types() -> str:
    """Load the catalogue."""
    return f"{number(load_catalogue_and_verbs())}{NBSP}types"


def load_pole() -> DemonstrationSummary:
    """Load the demonstration pole; a second time changes nothing but the passwords."""
    return load_demonstration(
        today=timezone.localdate(), now=timezone.now(), addresses=addresses(), doors=doors_of
    )


def renew_accounts() -> DemonstrationSummary:
    """Give new passwords to the demonstration accounts."""
    return renew_demonstration_accounts()


def _pole() -> Pole:
    return Pole.objects.get(is_demonstration=True)


def match() -> str:
    """Match the pole's needs and offers."""
    run = ask_run(pole=_pole(), asked_by=None, at=timezone.now())
    carry_out_run(
        run=run,
        today=timezone.localdate(),
        clock=timezone.now,
        encoder=settings.ENCODER,
        vector_folder=settings.VECTOR_CACHE,
    )
    share_out()
    found = run.proposals.count()
    return f"{number(found)}{NBSP}{plural(found, 'piste', 'pistes')}"


def share_out() -> None:
    """Share out what the pole offers, so that « Ce qui manque » says what would unlock most."""
    run = ask_study(
        pole=_pole(),
        method=RunMethod.ALLOCATE,
        parameters={"kind": "", "fairness": "none", "months": False, "reach_km": None},
        asked_by=None,
        at=timezone.now(),
    )
    carry_out_study(
        run=run,
        today=timezone.localdate(),
        clock=timezone.now,
        encoder=settings.ENCODER,
        vector_folder=settings.VECTOR_CACHE,
        progress=lambda _done, _total, _step: None,
    )


def findings() -> list[str]:
    """Say in at most ten lines what the last run found."""
    pole = _pole()
    run = last_run(pole=pole)
    if run is None:
        return ["Rien n’a encore été calculé."]
    board = desk(pole=pole, kind=IntentKind.NEED)
    waiting = board.to_decide.total + board.fragile.total
    lines = [
        f"{pole.name} : {run.needs}{NBSP}besoins et {run.offers}{NBSP}offres ouverts.",
        f"{waiting}{NBSP}besoins ont au moins une piste, {board.to_decide.total} d’entre eux une bonne.",
        f"{board.unanswered.total}{NBSP}besoins ne trouvent rien : c’est « ce qui manque ».",
        "Les plus belles pistes :",
    ]
    for proposal in strongest(run=run, limit=SHOWN):
        lines.append(f"  • {proposal.need.title} → {proposal.offer.title} ({proposal.offer.author.name})")
    lines.append("Sans réponse, par exemple :")
    lines += [f"  • {line.intent.title} ({line.intent.author.name})" for line in board.unanswered.lines[:2]]
    return lines
