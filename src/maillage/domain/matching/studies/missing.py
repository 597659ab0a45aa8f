"""What is missing, as an elected official reads it: by theme, by place, and what would unlock it."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.core.french import fold, number, plural
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView, views_of
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.queries import Desk
from maillage.domain.matching.studies.queries import studies
from maillage.domain.matching.studies.shown import intents_shown

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


def missing_summary(*, viewer: Viewer, pole: Pole, board: Desk) -> MissingSummary:
    """Sum up what waits; a need that the reader may not see is not counted, a masked one only under its area."""
    without = {line.intent.pk for line in board.unanswered}
    wanted = [line.intent.pk for line in board.lines]
    views = views_of(viewer=viewer, intents=Intent.objects.filter(pk__in=wanted).order_by("pk"))
    themes = _themes()
    run = _whole_sharing(pole)
    return MissingSummary(
        headline=_headline(views, without),
        themes=_tallies(views, without, [_theme(one, themes) for one in views]),
        places=_tallies(views, without, [one.area for one in views]),
        unlock=_unlock(viewer, run),
        run=run,
    )


def _themes() -> dict[str, str]:
    """Each type's theme: the label of the widest type above it."""
    rows = list(ResourceType.objects.values_list("code", "path", "label"))
    labels = {code: label for code, _, label in rows}
    return {code: labels.get(path.strip("/").split("/")[0], "") for code, path, _ in rows}


def _theme(view: IntentView, themes: dict[str, str]) -> str:
    return (themes.get(view.type.code) or view.type.label) if view.type else NO_THEME


def _headline(views: Sequence[IntentView], without: set[int]) -> str:
    waiting = sum(one.pk in without for one in views)
    if not views:
        return "Aucun besoin n’est encore noté."
    if not waiting:
        return f"Les {number(len(views))} besoins du territoire ont tous au moins une piste."
    verb = plural(waiting, "n’a", "n’ont")
    return f"{number(waiting)} {plural(waiting, 'besoin', 'besoins')} sur {number(len(views))} {verb} aucune réponse."


def _tallies(views: Sequence[IntentView], without: set[int], labels: Sequence[str]) -> list[Tally]:
    """Tally the needs under their labels, those with most unanswered first; only labels where something lacks."""
    counted: dict[str, list[int]] = {}
    for view, label in zip(views, labels, strict=True):
        line = counted.setdefault(label, [0, 0, 0])
        line[0] += 1
        if view.pk in without:
            line[1] += 1
            line[2] += view.people
    found = [Tally(label, *line) for label, line in counted.items() if line[1]]
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
    seen = intents_shown(viewer=viewer, keys={key for one in told for key in one["needs"]})
    clear = {key for key, view in seen.items() if not view.is_masked}
    return [one["sentence"] for one in told if set(one["needs"]) <= clear]
