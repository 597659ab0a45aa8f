"""A small but whole pole: communes, structures, needs and offers, one matching run, one import, one account a role."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from maillage.domain.actors.enums import ActorFamily
from maillage.domain.actors.models import AccessRequest, Account, Organisation, Pole
from maillage.domain.actors.operations import ask_access
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.catalogue.operations import load_catalogue
from maillage.domain.exchanges.enums import IntentKind, IntentState, Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.operations import accept_lead, ask_run, carry_out_run
from maillage.domain.places.models import Municipality
from maillage.domain.synergies.models import Synergy
from maillage.importers.database import check_batch
from maillage.importers.models import BatchKind, ImportBatch
from maillage.interfaces.jobs.models import LongTask, TaskState
from tests.factories.actors import (
    make_account,
    make_college,
    make_mandate,
    make_membership,
    make_organisation,
    make_person,
    make_pole,
    make_site,
)
from tests.factories.exchanges import make_evidence, make_intent, make_support
from tests.factories.ledger import make_agreement, make_commitment, make_event, start
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory
from tests.factories.projects import make_projects_rows, project_tokens
from tests.factories.sirens import next_siren
from tests.factories.studies import make_studies
from tests.factories.synergies import answer_token, make_synergy
from tests.importers.batches import receive
from tests.interfaces.agreements_world import agreement_tokens, make_agreement_rows
from tests.interfaces.gathering_world import make_gathering_rows
from tests.interfaces.ledger_world import make_ledger_rows

PASSWORD = "essai-mot-de-passe-42"
# Each commune with its official code; coordinates to three digits are enough for a map of tests.
TOWNS = (
    ("Bourges", "18033", 47.081, 2.399),
    ("Vierzon", "18279", 47.223, 2.069),
    ("Mehun-sur-Yèvre", "18141", 47.144, 2.217),
    ("Saint-Amand-Montrond", "18197", 46.723, 2.505),
    ("Sancerre", "18241", 47.331, 2.839),
    ("Montargis", "45208", 47.997, 2.733),
)
_SOCIAL, _TRADE, _TOWN = ActorFamily.SOCIAL, ActorFamily.BUSINESS, ActorFamily.AUTHORITY
_SCHOOL, _PEOPLE = ActorFamily.TRAINING, ActorFamily.PEOPLE
ORGANISATIONS = (
    ("Ci&el", _TRADE, "18033"),
    ("Cantine des Tilleuls", _TOWN, "18033"),
    ("Terre Brune d’Essai", _SOCIAL, "18279"),
    ("Crèche des Marais", _SOCIAL, "18033"),
    ("Atelier du Réemploi", _SOCIAL, "18141"),
    ("Lycée des Métiers d’Essai", _SCHOOL, "18279"),
    ("Mairie d’Essai", _TOWN, "18197"),
    ("Habitants du Quai", _PEOPLE, "18141"),
    ("Menuiserie du Cher", _TRADE, "18197"),
    ("Les Paniers du Canal", _SOCIAL, "45208"),
    ("Coopérative des Livreurs", _SOCIAL, "18033"),
    ("Cave du Sancerrois d’Essai", _TRADE, "18241"),
)
_NEED, _OFFER = IntentKind.NEED.value, IntentKind.OFFER.value
# side, author, title, type of the catalogue, quantity, unit, period, how far, who may see
INTENTS = (
    (_NEED, 1, "Composter les épluchures de la cantine", "compostage", 12, "t", "year", 30, "public"),
    (_OFFER, 2, "Plateforme de compostage", "compostage", 8, "t", "year", 40, "public"),
    (_OFFER, 11, "Compost du Sancerrois", "compostage", 50, "t", "year", 5, "members"),
    (
        _NEED,
        3,
        "Accueillir des enfants avant 7 h",
        "accueil-horaires-atypiques",
        6,
        "place",
        "once",
        15,
        "members",
    ),
    (_NEED, 4, "Une salle pour réunir vingt personnes", "salle-reunion", None, "", "once", 60, "public"),
    (_OFFER, 6, "Salle de réunion <libre> le mardi", "salle-reunion", None, "", "once", None, "public"),
    (_NEED, 7, "Des palettes en bois", "palettes", 40, "u", "month", 60, "anonymous"),
    (_OFFER, 8, "Palettes dont nous n’avons plus l’usage", "palettes", 60, "u", "month", 80, "anonymous"),
    (
        _NEED,
        9,
        "Un camion frigorifique le jeudi",
        "vehicules-frigorifiques",
        None,
        "",
        "once",
        50,
        "facilitators",
    ),
    (_OFFER, 10, "Livrer à vélo dans Bourges", "livraison", None, "", "once", 10, "members"),
)


@dataclass(frozen=True, slots=True)
class World:
    """What the tests of the pages lean on; ``keys`` gives each room the line its addresses name."""

    pole: Pole
    accounts: dict[str, Account | None]
    organisations: tuple[Organisation, ...]
    intents: tuple[Intent, ...]
    run: MatchingRun
    keys: dict[str, int]
    tokens: dict[str, str]

    @property
    def need(self) -> Intent:
        """The need of composting, that one offer answers in part."""
        return self.intents[0]


def _ask(pole: Pole) -> AccessRequest:
    return ask_access(
        pole=pole,
        given_name="Inès",
        family_name="d’Essai",
        email="ines@exemple.fr",
        organisation_name="Les Paniers de l’Écluse",
        words="Nadège m’a parlé du pôle.",
        at=timezone.now(),
    )


def make_whole_world(*, vectors: Path, on: date | None = None) -> World:
    """Build the world as of ``on`` (today here); ``vectors`` is where the lexical encoder keeps its own."""
    on = on or timezone.localdate()
    at = min(datetime(on.year, on.month, on.day, 5, tzinfo=UTC), timezone.now())
    load_catalogue()
    towns = _towns()
    pole = make_pole(
        "Pôle d’essai Ci&el", "essai", territory=make_territory("Berry d’essai", list(towns.values()))
    )
    organisations = _organisations(pole, towns)
    intents = tuple(_intent(pole, organisations, line, on) for line in INTENTS)
    _told(intents, organisations, on)
    accounts = _accounts(pole, organisations)
    run = _run(pole, accounts["facilitator"], vectors, on, at)
    accept_lead(pole=pole, need=intents[4], offer=intents[5], by=accounts["facilitator"], at=at)
    _ledger(pole, organisations, on)
    task = LongTask.objects.create(
        pole=pole, owner=accounts["facilitator"], title="Rapprocher", state=TaskState.DONE, asked_at=at
    )
    keys = {
        "access": _ask(pole).pk,
        "actors": organisations[1].pk,
        "exchanges": intents[0].pk,
        "matching": intents[0].pk,
        **make_studies(pole, need=intents[4], offer=intents[5]),
        **make_agreement_rows(pole, organisations[1], organisations[2]),
        "jobs": task.pk,
        "synergies": _synergies(intents, accounts["facilitator"], on, at).pk,
        "importing": _batch(pole, on).pk,
        **_projects(pole, organisations, intents, accounts),
        **make_gathering_rows(pole),
    }
    ledger_keys, tokens = make_ledger_rows(pole, organisations[1], organisations[2])
    keys |= ledger_keys
    tokens |= {"synergies:answer_link": answer_token()} | project_tokens(keys) | agreement_tokens(keys)
    return World(pole, accounts, organisations, intents, run, keys, tokens)


def _synergies(intents: tuple[Intent, ...], by: Account | None, on: date, at: datetime) -> Synergy:
    """One in most states; the one that waits for answers is returned."""
    given = {"owner": by, "by": by, "at": at, "next_step": "Appeler la cheffe de cuisine"}
    make_synergy(intents[3], intents[9], **given, due_on=on - timedelta(days=2))
    make_synergy(intents[8], intents[5], state="talks", **given)
    make_synergy(intents[6], intents[7], state="refused", **given)
    return make_synergy(intents[0], intents[1], intents[2], state="proposed", **given)


def _towns() -> dict[str, Municipality]:
    body = make_intermunicipal_body("CC de l’essai")
    made = {
        code: make_municipality(
            name, code, body=body, latitude=latitude, longitude=longitude, population=9_000
        )
        for name, code, latitude, longitude in TOWNS
    }
    for code, latitude, longitude in (("45004", 47.974, 2.771), ("28006", 48.447, 1.387)):
        town = make_municipality("Amilly", code, latitude=latitude, longitude=longitude, has_homonym=True)
        if code == "45004":
            made[code] = town
    return made


def _organisations(pole: Pole, towns: dict[str, Municipality]) -> tuple[Organisation, ...]:
    made = []
    for name, family, code in ORGANISATIONS:
        organisation = make_organisation(name, family=family, siren=next_siren())
        make_site(organisation, municipality=towns[code])
        make_membership(pole, organisation, college=make_college(pole) if family == _SOCIAL else None)
        made.append(organisation)
    make_mandate(make_person("Léa"), pole, organisation=made[1])
    return tuple(made)


def _intent(
    pole: Pole, organisations: tuple[Organisation, ...], line: tuple[object, ...], on: date
) -> Intent:
    kind, author, title, code, quantity, unit, period, reach, visibility = line
    organisation = organisations[int(str(author))]
    seat = organisation.sites.select_related("municipality").get()
    found = make_intent(
        str(kind),
        pole=pole,
        author=organisation,
        site=seat,
        municipality=seat.municipality,
        title=str(title),
        resource_type=ResourceType.objects.get(code=code),
        quantity=None if quantity is None else Decimal(str(quantity)),
        unit=unit,
        period=period,
        reach_km=reach,
        visibility=Visibility(str(visibility)),
        said_on=on,
        confirmed_on=on,
    )
    if kind == _OFFER:
        found.holds.set(found.resource_type.authorisations.all() if found.resource_type else ())
    return found


def _told(intents: tuple[Intent, ...], organisations: tuple[Organisation, ...], on: date) -> None:
    make_evidence(intents[0], said_by="La cheffe de cuisine", people_concerned=140, on=on)
    make_support(intents[0], organisations[5], on=on, note="Nous aussi")
    make_intent(pole=intents[0].pole, author=organisations[5], state=IntentState.COVERED)


def _accounts(pole: Pole, organisations: tuple[Organisation, ...]) -> dict[str, Account | None]:
    accounts: dict[str, Account | None] = {"visitor": None}
    for role, organisation in (
        (Role.MEMBER, organisations[1]),
        (Role.AUTHORITY_AGENT, organisations[6]),
        (Role.FACILITATOR, None),
        (Role.NETWORK, None),
        (Role.ADMINISTRATOR, None),
    ):
        email = f"{role.value.replace('_', '-')}@exemple.fr"
        accounts[role.value] = make_account(role, pole, organisation, email=email, password=PASSWORD)
    elsewhere = make_pole("Pôle d’ailleurs", "ailleurs")
    accounts["stranger"] = make_account(Role.FACILITATOR, elsewhere, email="ailleurs@exemple.fr")
    return accounts


def _run(pole: Pole, by: Account | None, vectors: Path, on: date, at: datetime) -> MatchingRun:
    bridge.encoder_named.cache_clear()
    run = ask_run(pole=pole, asked_by=by, at=at)
    return carry_out_run(run=run, today=on, clock=lambda: at, encoder="lexical", vector_folder=vectors)


def _projects(
    pole: Pole,
    organisations: tuple[Organisation, ...],
    intents: tuple[Intent, ...],
    accounts: dict[str, Account | None],
) -> dict[str, int]:
    team = accounts["facilitator"]
    assert team is not None
    assert team.person is not None
    return make_projects_rows(pole, lead=organisations[2], need=intents[0], worker=team.person)


def _ledger(pole: Pole, organisations: tuple[Organisation, ...], on: date) -> None:
    giver, taker = organisations[1], organisations[2]
    compost = ResourceType.objects.get(code="epluchures")
    sides = {"pole": pole, "provider": giver, "receiver": taker, "resource_type": compost}
    agreement = make_agreement(giver, taker, pole=pole, is_active=False)
    make_commitment(agreement=agreement, **sides)
    start(agreement)
    make_event(**sides)


def _batch(pole: Pole, on: date) -> ImportBatch:
    """An import that waits for a yes: one new structure, one faulty line."""
    batch = receive(
        pole,
        BatchKind.ORGANISATIONS,
        ("Nom", "Famille", "Commune", "SIREN"),
        ("Épicerie d’Essai", "ESS", "Bourges", ""),
        ("Sans commune connue", "ESS", "Nulle-Part", "123456789"),
        filename="structures d’essai.csv",
    )
    return check_batch(batch=batch, on=on)
