"""Every address of the site, and the small world in which each role tries it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from maillage.domain.actors.models import (
    AccessRequest,
    Account,
    DuplicateDismissal,
    Organisation,
    Person,
    Pole,
)
from maillage.domain.actors.operations import ask_access
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import TwinDismissal
from maillage.importers.models import BatchKind, ImportBatch
from maillage.interfaces.jobs.models import LongTask
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.exchanges import make_need, make_offer
from tests.factories.mail import make_message, make_notification
from tests.factories.places import make_municipality
from tests.factories.projects import make_projects_rows, project_tokens
from tests.factories.studies import make_studies
from tests.factories.synergies import answer_token, make_synergy
from tests.interfaces.agreements_world import agreement_parameters, agreement_tokens, make_agreement_rows
from tests.interfaces.gathering_world import gathering_parameters, make_gathering_rows
from tests.interfaces.ledger_world import make_ledger_rows

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
COLUMNS = [
    "visitor",
    "member",
    "board",
    "authority_agent",
    "facilitator",
    "network",
    "administrator",
    "stranger",
]
SKIPPED_PREFIXES = ("admin/",)
NUMBERED = ("number", "line", "party")  # other parameters that name a line of a pole


@dataclass
class World:
    """One pole with a line of each kind, one account a role, and a facilitator of another pole.

    ``neighbours`` hold the same roles in the pole beside (``aside``), which has no line: with its address and the
    number of a line of the first pole, they try to reach what is not theirs.
    """

    pole: Pole
    accounts: dict[str, Account | None]
    keys: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    aside: Pole | None = None
    neighbours: dict[str, Account | None] = field(default_factory=dict)


def make_world(*, said: Mapping[str, Any] | None = None) -> World:
    """Build the world; ``stranger`` facilitates another pole. ``said`` is what the need of another says instead."""
    pole = make_pole("Pôle d’ici", "ici")
    town = make_municipality("Bourges-d’Essai")
    own, other = make_organisation("La Nôtre"), make_organisation("Une Autre")
    for organisation in (own, other):
        make_site(organisation, municipality=town)
        make_membership(pole, organisation)
    accounts = _one_a_role(pole, own)
    accounts["stranger"] = make_account(Role.FACILITATOR, make_pole("Pôle d’ailleurs", "ailleurs"))
    columns = {"title": "Un besoin d’une autre", "municipality": town, **(said or {})}
    need = make_need(pole=pole, author=other, **columns)
    offer = make_offer(pole=pole, author=own, title="Une offre de la nôtre", municipality=town)
    studies = make_studies(pole, need=need, offer=offer)
    keys = {
        "actors": other.pk,
        "actors:propose_again": DuplicateDismissal.objects.create(first=own, second=other, at=NOW).pk,
        "exchanges": need.pk,
        "exchanges:propose_twins_again": TwinDismissal.objects.create(first=need, second=offer, at=NOW).pk,
        "matching": need.pk,
        "history": need.pk,
        **studies,
        **_make_jobs(pole, accounts["facilitator"]),
        "synergies": make_synergy(need, offer, state="proposed").pk,
        "synergies:from_run": studies["matching:assemble_run"],
        "mail": make_message(pole=pole).pk,
        "mail:follow": make_notification(pole, accounts["member"]).pk,
        "access": _make_request(pole).pk,
        **make_gathering_rows(pole),
        **make_projects_rows(pole, lead=other, need=need, worker=_person(accounts["facilitator"])),
        **make_agreement_rows(pole, own, other),
    }
    ledger_keys, tokens = make_ledger_rows(pole, own, other)
    aside = make_pole("Pôle d’à côté", "a-cote")
    neighbours = _one_a_role(aside, make_organisation("La Leur")) | {"stranger": accounts["stranger"]}
    return World(
        pole=pole,
        accounts=accounts,
        keys=keys | ledger_keys,
        tokens=tokens
        | {"synergies:answer_link": answer_token()}
        | project_tokens(keys)
        | agreement_tokens(keys),
        aside=aside,
        neighbours=neighbours,
    )


def _make_jobs(pole: Pole, owner: Account | None) -> dict[str, int]:
    task = LongTask.objects.create(pole=pole, owner=owner, title="Un travail", asked_at=NOW)
    batch = ImportBatch.objects.create(
        pole=pole,
        kind=BatchKind.ORGANISATIONS,
        filename="structures.csv",
        file="imports/structures.csv",
        digest="0" * 64,
        uploaded_at=NOW,
        uploaded_by=owner,
    )
    return {"jobs": task.pk, "importing": batch.pk}


def _one_a_role(pole: Pole, own: Organisation) -> dict[str, Account | None]:
    """One account a role in a pole; who speaks for a structure speaks for ``own``."""
    accounts: dict[str, Account | None] = {"visitor": None}
    for role in Role:
        if role is not Role.VISITOR:
            speaks = role in {Role.MEMBER, Role.AUTHORITY_AGENT}
            accounts[role.value] = make_account(role, pole, own if speaks else None)
    return accounts


def _make_request(pole: Pole) -> AccessRequest:
    return ask_access(
        pole=pole, given_name="Inès", family_name="Essai", email="ines@exemple.fr", words="Bonjour.", at=NOW
    )


def _person(account: Account | None) -> Person:
    assert account is not None
    assert account.person is not None
    return account.person


@dataclass(frozen=True)
class Route:
    """One address: its name and its path with the parameters still to be filled."""

    name: str
    path: str
    parameters: tuple[str, ...]

    @property
    def takes_an_object(self) -> bool:
        """Whether the address is of a pole and names one of its lines."""
        return "pole" in self.parameters and bool({"pk", *NUMBERED} & set(self.parameters))

    def filled(self, world: World, pole: Pole | None = None) -> str:
        """Return the path in the world; with ``pole``, the address of that pole and the line of the world's."""
        room = self.name.split(":")[0]
        values: dict[str, Any] = {
            "pole": (pole or world.pole).slug,
            "pk": world.keys.get(self.name, world.keys.get(room, 0)),
            "kind": "structures",
            "extension": "csv",
            "ending": "csv",
            "subject": "ou",
            "thing": "besoin-ou-offre",
            "uidb36": "1",
            "key": "rien-du-tout",
            "number": world.keys.get(f"{self.name}:number", 1),
            "token": world.tokens.get(self.name, "rien-du-tout"),
            **gathering_parameters(),
            "secret": "rien-du-tout",
            "step": "dits",
            "provider_id": "inconnu",
            "line": world.keys.get(f"{self.name}:line", world.keys.get(f"{room}:line", 0)),
            "file": world.keys.get(f"{self.name}:file", 0),
            "refusal": world.keys.get(f"{self.name}:refusal", 0),
            **agreement_parameters(self.name),
        }
        path = self.path
        for one in self.parameters:
            path = path.replace(f"<{one}>", str(values[one]))
        return "/" + path


@cache
def routes() -> tuple[Route, ...]:
    """Return every route of the site but the support staff's, by name."""
    found = list(_walk(get_resolver().url_patterns, "", ()))
    return tuple(sorted(found, key=lambda one: (one.name, one.path)))


def _walk(patterns: list[Any], prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for one in patterns:
        piece = _plain(one.pattern)
        if (prefix + piece).startswith(SKIPPED_PREFIXES):
            continue
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _walk(one.url_patterns, prefix + piece, inner)
        elif isinstance(one, URLPattern):
            path = prefix + piece
            yield Route(":".join([*spaces, one.name or path]), path, tuple(_parameters(path)))


def _plain(pattern: Any) -> str:
    """Write ``<slug:pole>`` and regular expressions as ``<pole>``."""
    text = str(pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", text)


def _parameters(path: str) -> list[str]:
    return re.findall(r"<(\w+)>", path)
