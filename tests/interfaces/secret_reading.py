"""What each reader asks of a world of secrets: every address, export, call and form, with the secrets’ numbers."""

import re
from collections.abc import Iterable, Iterator
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
OWN_NUMBERS = ("synergies", "agreements", "projects")  # the rooms whose lines are tied to the secrets
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
    """Every way into the site: what can be read, what can be sent to, what may be searched, the forms that show."""

    read: list[Route] = field(default_factory=list)
    sent: list[Route] = field(default_factory=list)
    searched: set[tuple[str, str]] = field(default_factory=set)
    fields: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # of the forms, by route


def ways_of(hidden: SecretWorld) -> Ways:
    """Return the ways that the team finds: it sees every page."""
    team, ways = hidden.client("facilitator"), Ways()
    for route in routes():
        path = route.filled(hidden.world)
        answer = ask(team, Visit(path))
        if answer.status != NOT_ALLOWED:
            ways.read.append(route)
        if ask(team, Visit(path, form=())).status != NOT_ALLOWED:
            ways.sent.append(route)
        if "pk" not in route.parameters:
            ways.searched |= set(searched(answer))
        for where, fields in forms(answer):
            known = ways.fields.setdefault(name_of(where), {})
            for name, values in fields.items():
                known.setdefault(name, set()).update(values)
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


def reads(hidden: SecretWorld, known: Iterable[Route], turn: int) -> Iterator[Visit]:
    """Ask for each route with its sample; each secret's own pages; elsewhere two numbers a reader.

    The numbers turn with the reader, so that all of them try every number in the place of another's.
    """
    numbers = hidden.numbers()
    yield Visit("/")
    for rank, route in enumerate(known):
        path = route.filled(hidden.world)
        yield Visit(path)
        for ending, others in ENDINGS.items():
            if path.endswith(ending):
                yield from (Visit(path.removesuffix(ending) + other) for other in others)
        if "pk" in route.parameters:
            start = turn + rank
            tried = [numbers[(start + step) % len(numbers)] for step in range(2)]
            tied = hidden.lines.get(route.name.split(":")[0], [])
            for pk in numbers if route.name in ALL_NUMBERS else [*tried, *tied]:
                yield Visit(at(hidden, route, pk))


def other_ways(hidden: SecretWorld, reader: str, ways: Ways) -> Iterator[Visit]:
    """Ask what has no page: the private calendar, the calls of the API, what completes a word that one begins."""
    if reader in hidden.feeds:
        yield Visit(hidden.feeds[reader])
    slug = hidden.world.pole.slug
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "get" in methods and reader in hidden.keys:
            yield Visit(path.replace("{slug}", slug), key=hidden.keys[reader])
    for path, name in sorted(ways.searched):
        for begun in (START, "reprendre"):
            yield Visit(f"{path}?{name}={begun}")


def posts(hidden: SecretWorld, ways: Ways, turn: int, refused: set[str]) -> Iterator[tuple[Visit, str]]:
    """Send each form empty; then, where it is not refused, full of mistakes: numbers of the secrets, hostile words.

    ``refused`` names the routes that refuse this reader; who sends fills it as the answers come.
    """
    said = [one.intent for one in hidden.secrets]
    for rank, route in enumerate(ways.sent):
        path = route.filled(hidden.world)
        yield Visit(path, form=()), route.name
        if route.name in refused:
            continue
        one = said[(turn + rank) % len(said)]
        filled = tuple(_wrong(ways.fields.get(route.name, {}), one, turn))
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
