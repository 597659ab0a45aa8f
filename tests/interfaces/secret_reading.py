"""What each reader asks of a world of secrets: every address, export, call and form, with the secrets’ numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve

from maillage.domain.exchanges.models import Intent
from maillage.interfaces.api.app import api
from tests.interfaces.access import Route, World, routes
from tests.interfaces.crawler import Answer, Visit, ask, forms, searched
from tests.interfaces.secret_words import START
from tests.interfaces.secret_world import SecretWorld

NOT_ALLOWED = 405
REFUSED = 403
ALL_NUMBERS = {"exchanges:detail", "actors:detail", "history:changes"}
COMMUNES = {"places:search", "exchanges:municipalities"}  # the names of the communes are nobody’s secret
TIED = {"synergies:detail", "agreements:detail", "agreements:text", "agreements:paper", "projects:detail"}
ENDINGS = {".csv": (".xlsx", ".json", ".geojson"), ".pdf": (".docx",)}
OFFERED = 25  # how many of the addresses that pages offer are followed, beyond the sure ones
HOSTILE = "'); --<img src=x onerror=alert(1)>\x00"
OF_STRUCTURES = {"organisation", "organisations", "author", "structure", "partie", "autre", "lead", "party"}
NUMBERED = {
    *OF_STRUCTURES,
    "need",
    "offer",
    "intent",
    "besoin",
    "offre",
    "lignes",
    "lines",
    "une",
    "pk",
    "keep",
}
_WORD = re.compile(r"[a-z][a-z_-]*")  # a choice of a closed list


@dataclass
class Ways:
    """What pages let one do: search by which words, send which fields to which route."""

    searched: set[tuple[str, str]] = field(default_factory=set)
    fields: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def learn(self, answer: Answer) -> None:
        """Remember what a page offers."""
        self.searched |= set(searched(answer))
        for path, fields in forms(answer):
            known = self.fields.setdefault(name_of(path), {})
            for name, values in fields.items():
                known.setdefault(name, set()).update(values)


def ways_of_the_team(hidden: SecretWorld) -> Ways:
    """Return the ways that the team finds: every form shows to it."""
    team, ways = hidden.client("facilitator"), Ways()
    for route in routes():
        if "pole" in route.parameters:
            ways.learn(ask(team, Visit(route.filled(hidden.world))))
    return ways


def is_refused(answer: Answer) -> bool:
    """Return whether an answer refuses somebody whatever they send."""
    return answer.status in {REFUSED, NOT_ALLOWED} or "location: /compte/login/" in answer.text


def name_of(path: str) -> str:
    """Return the name of the route that answers a path."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def at(hidden: SecretWorld, route: Route, pk: int) -> str:
    """Return the address of a route with another number in it."""
    world = hidden.world
    return route.filled(World(world.pole, world.accounts, {**world.keys, route.name: pk}, world.tokens))


def reads(hidden: SecretWorld, reader: str, turn: int) -> Iterator[Visit]:
    """Ask for each route with its sample; each secret's own pages; elsewhere a number that turns with the reader.

    Then what has no page: the private calendar, the calls of the API.
    """
    numbers = hidden.numbers()
    yield Visit("/")
    for rank, route in enumerate(routes()):
        path = route.filled(hidden.world)
        yield Visit(path)
        for ending, others in ENDINGS.items():
            if path.endswith(ending):
                yield from (Visit(path.removesuffix(ending) + other) for other in others)
        if "pk" in route.parameters:
            tried = [numbers[(turn + rank) % len(numbers)]]
            tied = hidden.lines.get(route.name.split(":")[0], []) if route.name in TIED else []
            for pk in numbers if route.name in ALL_NUMBERS else [*tried, *tied]:
                yield Visit(at(hidden, route, pk))

    if reader in hidden.feeds:
        yield Visit(hidden.feeds[reader])
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods and reader in hidden.keys:
            yield Visit(path.replace("{slug}", hidden.world.pole.slug), key=hidden.keys[reader])


def names_communes(path: str, name: str) -> bool:
    """Return whether a field completes the name of a commune: all of them are public, those of the secrets too."""
    return name_of(path) in COMMUNES or name.startswith("commune")


def searches(ways: Ways) -> Iterator[Visit]:
    """Ask, by every field that searches or completes, for what begins as the secrets do."""
    for path, name in sorted(ways.searched):
        if not names_communes(path, name):
            yield Visit(f"{path}?{name}={START}")


def posts(hidden: SecretWorld, ways: Ways, turn: int, closed: set[str]) -> Iterator[tuple[Visit, str]]:
    """Send each form empty; then, where it is not refused, full of mistakes: numbers of the secrets, hostile words.

    ``closed`` names the routes that refuse whatever is sent; who sends fills it as the answers come.
    """
    said = [one.intent for one in hidden.secrets]
    for rank, route in enumerate(routes()):
        if route.name in closed:
            continue
        path = route.filled(hidden.world)
        yield Visit(path, form=()), route.name
        if route.name in closed:
            continue
        one = said[(turn + rank) % len(said)]
        filled = tuple(_wrong(ways.fields.get(route.name, {}), one, turn))
        if filled:
            yield Visit(path, form=filled), route.name
        if "pk" in route.parameters:
            pk = one.author_id if route.name.startswith("actors:") else one.pk
            yield Visit(at(hidden, route, pk), form=filled), route.name


def _wrong(fields: dict[str, set[str]], one: Intent, turn: int) -> Iterator[tuple[str, str]]:
    """Fill a form: a word that it proposes where it proposes words, else the number of a secret, or hostile words."""
    for name, values in sorted(fields.items()):
        words = sorted(value for value in values if _WORD.fullmatch(value))
        if words:
            yield name, words[turn % len(words)]
        elif values or name in NUMBERED:
            yield name, str(one.author_id if name in OF_STRUCTURES else one.pk)
        else:
            yield name, HOSTILE
