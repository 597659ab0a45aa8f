"""What nothing answers, line by line: the intents without a lead, and the obstacle nearest to giving way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView, seen, views_of
from maillage.domain.exchanges.sight import seen_whole
from maillage.domain.matching.board import without_answer
from maillage.domain.matching.catalogue_table import authorisation_labels, in_words
from maillage.domain.matching.models import MatchingRun

NOTHING_OF_THE_KIND = {
    IntentKind.NEED.value: "Aucune offre de cette nature dans le pôle pour l’instant.",
    IntentKind.OFFER.value: "Aucun besoin de cette nature dans le pôle pour l’instant.",
}
_OTHER = {
    IntentKind.NEED.value: IntentKind.OFFER.value,
    IntentKind.OFFER.value: IntentKind.NEED.value,
}


@dataclass(frozen=True, slots=True)
class Missing:
    """An intent that nothing answers, the obstacle that came nearest to giving way, and the title of what it is."""

    view: IntentView
    code: str
    sentence: str
    relaxation: str
    nearest: str


class MissingList(Sequence[Missing]):
    """The open intents without a lead that a viewer sees, read by slices for a paginator.

    An obstacle that comes from somebody the viewer may not see is not told, nor that of a masked intent: its
    distance or its quantity would show.
    """

    def __init__(self, *, viewer: Viewer, pole: Pole, kind: str, run: MatchingRun | None) -> None:
        self._rows = without_answer(seen(viewer, pole.pk), kind=kind, run=run)
        self._viewer, self._pole_id, self._other = viewer, pole.pk, _OTHER[kind]
        self._told: Mapping[str, Any] = run.unanswered if run else {}
        self._count: int | None = None

    def __len__(self) -> int:
        """Count them, once."""
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, at: int) -> Missing: ...
    @overload
    def __getitem__(self, at: slice) -> list[Missing]: ...
    def __getitem__(self, at: int | slice) -> Missing | list[Missing]:
        """Return the lines of a slice, or one line."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        views = views_of(viewer=self._viewer, intents=self._rows[at])
        told = [self._told.get(str(view.pk)) for view in views]
        nearest = self._titles({int(one[self._other]) for one in told if one and one.get(self._other)})
        labels = authorisation_labels()
        return [self._line(view, said, nearest, labels) for view, said in zip(views, told, strict=True)]

    def __iter__(self) -> Iterator[Missing]:
        """Read the whole list at once."""
        return iter(self[:])

    def _titles(self, keys: set[int]) -> dict[int, str]:
        """Return the titles of those that the reader sees whole: of an outline, not even this is told."""
        shown = Intent.objects.filter(seen_whole(self._viewer, self._pole_id), pk__in=keys)
        return dict(shown.values_list("pk", "title")) if keys else {}

    def _line(
        self,
        view: IntentView,
        told: Mapping[str, Any] | None,
        nearest: Mapping[int, str],
        labels: Mapping[str, str],
    ) -> Missing:
        """Say what stops an intent, as far as the reader may know it."""
        if told is None or view.is_masked:
            return Missing(view, "", "", "", "")
        if not told:
            return Missing(view, "type", NOTHING_OF_THE_KIND[view.kind], "", "")
        near = nearest.get(int(told[self._other]))
        if near is None:
            return Missing(view, "", "", "", "")
        sentence = in_words(told["sentences"][0], labels)
        return Missing(view, told["code"], sentence[:1].lower() + sentence[1:], told["relaxation"], near)
