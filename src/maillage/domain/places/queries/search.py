"""Finds communes while one types: accents and hyphens forgiven, homonyms told apart, the near ones first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from maillage.core.french import fold
from maillage.domain.places.models import Municipality, Postcode, Territory

_CODE = re.compile(r"^(?:[0-9]{2,5}|2[ab][0-9]{0,3})$")
_LABEL = re.compile(r"^(?P<name>.*?)\s*\((?P<department>[0-9]{2,3}|2[AaBb])\)?$")
_SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_PREFIX, _INSIDE, _SIMILAR = 0, 1, 2
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class MunicipalityFound:
    """A commune as a list of choices shows it; ``is_near_miss`` when only its spelling looks like the text."""

    code: str
    name: str
    label: str
    department_code: str
    department: str
    body: str
    population: int | None
    in_territory: bool
    is_near_miss: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to say when no commune is written that way; the choices may be empty."""

    sentence: str
    choices: tuple[MunicipalityFound, ...]


def municipality_key(text: str) -> str:
    """Fold a name and spell out the usual shortenings: ``St-Amand`` gives ``saint amand``."""
    return " ".join(_SHORTENED.get(word, word) for word in fold(text).split())


def split_label(text: str) -> tuple[str, str]:
    """Part « Amilly (45) » into its name and its département's code, the latter empty when not said."""
    found = _LABEL.match(text.strip())
    return (found["name"], found["department"].upper()) if found else (text.strip(), "")


def search_municipalities(
    *, text: str, limit: int = 10, near_territory: Territory | None = None
) -> list[MunicipalityFound]:
    """Return the communes that ``text`` (name, INSEE code, postcode) may mean, the likeliest first.

    Names that begin with it come first, then those that have it at the start of another word; within each, those
    of the territory, the exact name, then the most peopled. Near misses come only when there is nothing else.
    """
    name, department = split_label(text)
    key = municipality_key(name)
    if not key:
        return []
    known = _with_place(near_territory)
    if _CODE.match(key):
        return [_found(row) for row in _by_code(known, key)[:limit]]
    if department:
        known = known.filter(department=department)
    rows = list(_by_name(known, key)[:limit]) or list(_near_misses(known, key)[:limit])
    return [_found(row) for row in rows]


def suggest_municipalities(*, text: str, near_territory: Territory | None = None) -> Suggestion:
    """Say that no commune is written so and propose the three nearest spellings."""
    name, _ = split_label(text)
    choices = tuple(search_municipalities(text=name, limit=3, near_territory=near_territory))
    written = f"Aucune commune ne s’écrit “{name}”."
    if not choices:
        return Suggestion(f"{written} Essayez avec le code postal.", ())
    names = [f"{one.name} ({one.department_code})" for one in choices]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} ou {names[-1]}"
    return Suggestion(f"{written} Vouliez-vous dire {said} ?", choices)


def _with_place(territory: Territory | None) -> QuerySet[Any]:
    """Every commune, marked when it is in the territory."""
    inside: Exists | Value = Value(False, output_field=BooleanField())
    if territory is not None:
        members = Territory.municipalities.through._default_manager.filter(territory_id=territory.pk)
        inside = Exists(members.filter(municipality_id=OuterRef("pk")))
    return Municipality.objects.annotate(in_territory=inside).select_related(
        "department", "intermunicipal_body"
    )


def _by_code(known: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Match the beginning of an INSEE code or of a postcode."""
    code = key.upper()
    postcodes = Postcode.objects.filter(code__startswith=code).values("municipality_id")
    rows: QuerySet[Any] = (
        known.filter(Q(code__startswith=code) | Q(pk__in=postcodes))
        .annotate(rank=Value(_PREFIX))
        .order_by("-in_territory", F("population").desc(nulls_last=True), "pk")
    )
    return rows


def _by_name(known: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Match the beginning of the name or of one of its words."""
    rank = Case(When(folded__startswith=key, then=Value(_PREFIX)), default=Value(_INSIDE))
    rows: QuerySet[Any] = (
        known.filter(Q(folded__startswith=key) | Q(folded__contains=f" {key}"))
        .annotate(rank=rank, is_exact=Case(When(folded=key, then=Value(1)), default=Value(0)))
        .order_by("rank", "-in_territory", "-is_exact", F("population").desc(nulls_last=True), "pk")
    )
    return rows


def _near_misses(known: QuerySet[Any], key: str) -> QuerySet[Any]:
    """Match the names whose spelling looks like ``key``; being in the territory counts as a little likeness."""
    near = Case(When(in_territory=True, then=Value(_NEAR)), default=Value(0.0))
    rows: QuerySet[Any] = (
        known.filter(folded__trigram_similar=key)
        .annotate(rank=Value(_SIMILAR), alike=TrigramSimilarity("folded", key) + near)
        .order_by("-alike", F("population").desc(nulls_last=True), "pk")
    )
    return rows


def _found(row: Municipality) -> MunicipalityFound:
    body = row.intermunicipal_body
    return MunicipalityFound(
        code=row.code,
        name=row.name,
        label=row.label,
        department_code=row.department_id,
        department=row.department.name,
        body=body.name if body else "",
        population=row.population,
        in_territory=bool(getattr(row, "in_territory", False)),
        is_near_miss=getattr(row, "rank", _PREFIX) == _SIMILAR,
    )


def found_all(rows: Sequence[Municipality]) -> tuple[MunicipalityFound, ...]:
    """Turn communes into choices."""
    return tuple(_found(row) for row in rows)
