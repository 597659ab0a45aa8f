"""What is missing, as an elected official reads it: by theme, by place, and what would unlock it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from maillage.core.french import fold, number, plural
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Evidence, Intent, Support
from maillage.domain.exchanges.queries import areas_of, people_of_each, place_label, seen
from maillage.domain.exchanges.sight import seen_in_outline, seen_whole
from maillage.domain.matching.board import has_no_answer
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.queries import studies
from maillage.domain.places.models import Municipality

NO_THEME = "Type à préciser"
Parts = list[tuple[str, float, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many needs of a theme or of a place wait, and how many of them have no answer at all."""

    label: str
    needs: int
    without: int
    people: int

    @property
    def parts(self) -> Parts:
        """The parts of its bar."""
        return [
            ("proposed", self.needs - self.without, "ont une piste"),
            ("missing", self.without, "sans réponse"),
        ]

    @property
    def text(self) -> str:
        """The bar in words."""
        needs = f"{number(self.needs)} {plural(self.needs, 'besoin', 'besoins')}"
        return f"{self.label} : {needs}, dont {number(self.without)} sans réponse"


@dataclass(frozen=True, slots=True)
class MissingSummary:
    """The head of the page: how many needs wait, by theme and by place, and what would unlock most."""

    headline: str
    themes: list[Tally]
    places: list[Tally]
    unlock: list[str]
    run: MatchingRun | None


Key = tuple[str, bool]  # a type or a commune, and whether only the outline is seen
Counts = dict[Key, list[int]]  # how many needs, how many without answer, how many people these concern


def missing_summary(*, viewer: Viewer, pole: Pole, searched: MatchingRun | None) -> MissingSummary:
    """Sum up what waits; a need that the reader may not see is not counted, a masked one only under its area."""
    by_type, by_place = _counted(viewer, pole, searched)
    run = _whole_sharing(pole)
    return MissingSummary(
        headline=_headline(by_type),
        themes=_tallies(by_type, _themes()),
        places=_tallies(by_place, _places(by_place)),
        unlock=_unlock(viewer, pole, run),
        run=run,
    )


def _counted(viewer: Viewer, pole: Pole, run: MatchingRun | None) -> tuple[Counts, Counts]:
    """Count the open needs seen by type, and by commune: in the database, so that thousands cost what a few do."""
    shown = seen(viewer, pole.pk)
    lacking = has_no_answer(kind=IntentKind.NEED, run=run)
    rows = (
        shown.filter(kind=IntentKind.NEED, state=IntentState.OPEN)
        .order_by()
        .annotate(
            masked=Case(
                When(seen_in_outline(viewer, pole.pk), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            type=Coalesce("resource_type_id", Value(""), output_field=CharField()),
            place=Coalesce("municipality_id", "site__municipality_id", Value(""), output_field=CharField()),
        )
    )
    unanswered = Count("pk", filter=lacking)
    counts: list[Counts] = []
    for group in ("type", "place"):
        counted = rows.values_list(group, "masked").annotate(needs=Count("pk"), without=unanswered)
        counts.append({(code, masked): [needs, without, 0] for code, masked, needs, without in counted})
    for kind, place, people in _people(rows.filter(lacking, masked=False)):
        counts[0][kind, False][2] += people
        counts[1][place, False][2] += people
    return counts[0], counts[1]


def _people(rows: QuerySet[Any]) -> Iterator[tuple[str, str, int]]:
    """Return the type, the commune and the people of the needs that say whom they concern."""
    told = Q(people_concerned__gt=0)
    says = Q(pk__in=Support.objects.filter(told).values("intent"))
    says |= Q(pk__in=Evidence.objects.filter(told).values("intent"))
    found = rows.filter(says).annotate(concerned=people_of_each())
    yield from found.values_list("type", "place", "concerned")


def _themes() -> Callable[[Key], str]:
    """Return how a type gives its theme: the label of the widest type above it."""
    rows = list(ResourceType.objects.values_list("code", "path", "label"))
    labels = {code: label for code, _, label in rows}
    widest = {code: labels.get(path.strip("/").split("/")[0]) or label for code, path, label in rows}
    return lambda key: widest.get(key[0], NO_THEME)


def _places(counts: Counts) -> Callable[[Key], str]:
    """Return how a commune is said: by its name, or for an outline by its intermunicipal body."""
    towns = Municipality.objects.select_related("intermunicipal_body").in_bulk(
        {code for code, _ in counts if code}
    )
    hidden = [towns[code] for code, is_masked in counts if is_masked and code]
    areas = areas_of(town.intermunicipal_body_id for town in hidden if town.intermunicipal_body_id)
    return lambda key: place_label(towns.get(key[0]), areas, is_masked=key[1])


def _headline(counts: Counts) -> str:
    needs, waiting = (sum(line[at] for line in counts.values()) for at in (0, 1))
    if not needs:
        return "Aucun besoin n’est encore noté."
    if not waiting:
        return f"Les {number(needs)} besoins du territoire ont tous au moins une piste."
    verb = plural(waiting, "n’a", "n’ont")
    return (
        f"{number(waiting)} {plural(waiting, 'besoin', 'besoins')} sur {number(needs)} {verb} aucune réponse."
    )


def _tallies(counts: Counts, label_of: Callable[[Key], str]) -> list[Tally]:
    """Tally the needs under their labels, those with most unanswered first; only labels where something lacks."""
    lines: dict[str, list[int]] = {}
    for key, counted in counts.items():
        line = lines.setdefault(label_of(key), [0, 0, 0])
        for at, value in enumerate(counted):
            line[at] += value
    found = [Tally(label, *line) for label, line in lines.items() if line[1]]
    return sorted(found, key=lambda one: (-one.without, -one.needs, fold(one.label)))


def _whole_sharing(pole: Pole) -> MatchingRun | None:
    """The last sharing out of everything as it is: no theme chosen, nothing supposed."""
    for run in studies(pole=pole, methods=(RunMethod.ALLOCATE,))[:20]:
        if not run.parameters.get("kind") and not run.parameters.get("changes"):
            return MatchingRun.objects.defer("problem").get(pk=run.pk)
    return None


def _unlock(viewer: Viewer, pole: Pole, run: MatchingRun | None) -> list[str]:
    """The sentences of the last sharing out whose every need the reader may see whole."""
    if run is None:
        return []
    told = run.result["unlock"]
    named = {key for one in told for key in one["needs"]}
    whole = Intent.objects.filter(
        seen_whole(viewer, pole.pk), pk__in=[int(key) for key in named if key.isdigit()]
    )
    shown = {str(pk) for pk in whole.values_list("pk", flat=True)}
    return [one["sentence"] for one in told if set(one["needs"]) <= shown]
