"""What is missing, as an elected official reads it: by theme, by place, and what would unlock it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    IntegerField,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from maillage.core.french import fold, number, plural
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.queries import areas_of, people_of_each, place_label, seen
from maillage.domain.exchanges.sight import seen_in_outline
from maillage.domain.matching.board import Group, in_groups
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.queries import studies
from maillage.domain.matching.studies.shown import intents_shown
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


@dataclass(frozen=True, slots=True)
class _Counted:
    """Needs of one type in one commune, seen whole or in outline: counted by the database."""

    type: str
    place: str
    is_masked: bool
    needs: int
    without: int
    people: int


def missing_summary(*, viewer: Viewer, pole: Pole, searched: MatchingRun | None) -> MissingSummary:
    """Sum up what waits; a need that the reader may not see is not counted, a masked one only under its area."""
    counted = _counted(viewer, pole, searched)
    run = _whole_sharing(pole)
    return MissingSummary(
        headline=_headline(counted),
        themes=_tallies(counted, _themes(counted)),
        places=_tallies(counted, _places(counted)),
        unlock=_unlock(viewer, run),
        run=run,
    )


def _counted(viewer: Viewer, pole: Pole, run: MatchingRun | None) -> list[_Counted]:
    lacking = Q(group=Group.UNANSWERED)
    told = Case(When(masked=True, then=Value(0)), default=people_of_each(), output_field=IntegerField())
    rows = (
        in_groups(seen(viewer, pole.pk), kind=IntentKind.NEED, run=run)
        .order_by()
        .annotate(
            masked=Case(
                When(seen_in_outline(viewer, pole.pk), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            place=Coalesce("municipality_id", "site__municipality_id", Value(""), output_field=CharField()),
            concerned=told,
        )
        .values_list("resource_type_id", "place", "masked")
        .annotate(
            needs=Count("pk"),
            without=Count("pk", filter=lacking),
            people=Coalesce(Sum("concerned", filter=lacking), 0),
        )
    )
    return [_Counted(kind or "", *line) for kind, *line in rows]


def _themes(counted: Sequence[_Counted]) -> list[str]:
    """Return each one's theme: the label of the widest type above its own."""
    rows = list(ResourceType.objects.values_list("code", "path", "label"))
    labels = {code: label for code, _, label in rows}
    widest = {code: labels.get(path.strip("/").split("/")[0]) or label for code, path, label in rows}
    return [widest.get(one.type, NO_THEME) for one in counted]


def _places(counted: Sequence[_Counted]) -> list[str]:
    """Return where each one is, in words: the commune, or for an outline its intermunicipal body."""
    codes = {one.place for one in counted if one.place}
    towns = Municipality.objects.select_related("intermunicipal_body").in_bulk(codes)
    hidden = [towns[one.place] for one in counted if one.is_masked and one.place]
    areas = areas_of(town.intermunicipal_body_id for town in hidden if town.intermunicipal_body_id)
    return [place_label(towns.get(one.place), areas, is_masked=one.is_masked) for one in counted]


def _headline(counted: Sequence[_Counted]) -> str:
    needs, waiting = sum(one.needs for one in counted), sum(one.without for one in counted)
    if not needs:
        return "Aucun besoin n’est encore noté."
    if not waiting:
        return f"Les {number(needs)} besoins du territoire ont tous au moins une piste."
    verb = plural(waiting, "n’a", "n’ont")
    return (
        f"{number(waiting)} {plural(waiting, 'besoin', 'besoins')} sur {number(needs)} {verb} aucune réponse."
    )


def _tallies(counted: Sequence[_Counted], labels: Sequence[str]) -> list[Tally]:
    """Tally the needs under their labels, those with most unanswered first; only labels where something lacks."""
    lines: dict[str, list[int]] = {}
    for one, label in zip(counted, labels, strict=True):
        line = lines.setdefault(label, [0, 0, 0])
        for at, value in enumerate((one.needs, one.without, one.people)):
            line[at] += value
    found = [Tally(label, *line) for label, line in lines.items() if line[1]]
    return sorted(found, key=lambda one: (-one.without, -one.needs, fold(one.label)))


def _whole_sharing(pole: Pole) -> MatchingRun | None:
    """The last sharing out of everything as it is: no theme chosen, nothing supposed."""
    for run in studies(pole=pole, methods=(RunMethod.ALLOCATE,))[:20]:
        if not run.parameters.get("kind") and not run.parameters.get("changes"):
            return MatchingRun.objects.defer("problem").get(pk=run.pk)
    return None


def _unlock(viewer: Viewer, run: MatchingRun | None) -> list[str]:
    """The sentences of the last sharing out whose every need the reader may see whole."""
    if run is None:
        return []
    told = run.result["unlock"]
    shown = intents_shown(viewer=viewer, keys={key for one in told for key in one["needs"]})
    clear = {key for key, view in shown.items() if not view.is_masked}
    return [one["sentence"] for one in told if set(one["needs"]) <= clear]
