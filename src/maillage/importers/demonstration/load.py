"""Loads the demonstration through the rooms' own operations; loading it again changes nothing but passwords."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.places.models import Municipality, PositionSource
from maillage.domain.places.operations import set_positions
from maillage.domain.synergies.addresses import Addresses
from maillage.importers.demonstration.accounts import open_accounts, with_new_passwords
from maillage.importers.demonstration.load_actors import load_people, load_pole, load_structures
from maillage.importers.demonstration.load_exchanges import load_decisions, load_intents
from maillage.importers.demonstration.load_gathering import load_gathering
from maillage.importers.demonstration.load_ledger import load_ledger
from maillage.importers.demonstration.load_papers import load_papers
from maillage.importers.demonstration.load_projects import load_projects
from maillage.importers.demonstration.load_synergies import load_synergies
from maillage.importers.demonstration.loaded import DemonstrationAccount, DoorsOf, Loaded
from maillage.importers.demonstration.read import World, read_demonstration, read_people
from maillage.importers.demonstration.schema import CommuneRow, Demonstration

SLUG = "berry-gatinais"

Progress = Callable[[int, int, str], None]

_STEPS: tuple[tuple[str, Callable[[Loaded], None]], ...] = (
    ("Les structures du pôle inventé", load_structures),
    ("Le pôle, ses collèges, ses membres", load_pole),
    ("Les personnes et leurs mandats", load_people),
    ("Les comptes de démonstration", open_accounts),
    ("Les besoins, les offres et les flux", load_intents),
    ("Les pistes déjà mises de côté", load_decisions),
    ("Ce qui est promis et ce qui est fait", load_ledger),
    ("Les projets, leurs réunions, leurs essais", load_projects),
    ("Les synergies que l’on suit", load_synergies),
    ("Les accords écrits sur un modèle", load_papers),
    ("Ce qui s’est dit en atelier, en campagne, en entretien", load_gathering),
)


@dataclass(frozen=True, slots=True)
class DemonstrationSummary:
    """What a loading wrote, by kind of row (none the second time), and the account of each role."""

    pole: Pole
    created: Mapping[str, int]
    accounts: tuple[DemonstrationAccount, ...]

    @property
    def changed(self) -> int:
        """How many rows were written."""
        return sum(self.created.values())


def load_demonstration(
    *, today: date, now: datetime, addresses: Addresses, doors: DoorsOf, progress: Progress | None = None
) -> DemonstrationSummary:
    """Write what is missing of the demonstration, all or nothing.

    Days are counted back from ``today``. A second loading changes nothing but the passwords.
    Raises ``UserMistake`` when the communes or the catalogue are not loaded.
    """
    rows = _rows()
    loaded = Loaded(rows=rows, today=today, now=now, created=Counter(), addresses=addresses, doors=doors)
    with transaction.atomic():
        moved = set_positions(positions=rows.positions, source=PositionSource.DEMONSTRATION)
        loaded.created["positions"] = moved
        for step, (said, load) in enumerate(_STEPS):
            if progress is not None:
                progress(step, len(_STEPS), said)
            load(loaded)
    if progress is not None:
        progress(len(_STEPS), len(_STEPS), "La démonstration est prête")
    return DemonstrationSummary(
        pole=loaded.pole, created=+loaded.created, accounts=tuple(loaded.accounts.values())
    )


@transaction.atomic
def renew_demonstration_accounts() -> DemonstrationSummary:
    """Give new passwords to the accounts of a demonstration that is loaded; write nothing else."""
    pole = Pole.objects.filter(slug=SLUG, is_demonstration=True).first()
    if pole is None:
        raise UserMistake("Le pôle de démonstration n’est pas chargé. Chargez-le d’abord.")
    return DemonstrationSummary(pole=pole, created={}, accounts=tuple(with_new_passwords(read_people())))


def _rows() -> Demonstration:
    communes = tuple(
        CommuneRow(*row)
        for row in Municipality.objects.order_by("code").values_list(
            "code", "department_id", "intermunicipal_body_id"
        )
    )
    if not communes:
        raise UserMistake("Les communes ne sont pas chargées. Chargez-les d’abord, puis recommencez.")
    if not ResourceType.objects.exists():
        raise UserMistake("Le catalogue n’est pas chargé. Chargez-le d’abord, puis recommencez.")
    return read_demonstration(world=World(catalogue=read_catalogue(), communes=communes))
