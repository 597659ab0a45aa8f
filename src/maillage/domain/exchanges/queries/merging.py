"""What looks like the same need said twice, and what a merge would do, for those who run the pole."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from maillage.core.french import fold
from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent, IntentMerge, TwinDismissal
from maillage.domain.exchanges.operations.merging import merge_mistake, tied_to_intents
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.queries.view import IntentView

ENOUGH = 0.4
SAME_AREA, SAME_PLACE = 0.1, 0.1
MOST_OF_A_TYPE = 150
MOST_PAIRS = 40
MOST_DISMISSED = 50


@dataclass(frozen=True, slots=True)
class Twins:
    """Two intents that look alike; the first has more support, it is the one to keep."""

    kept: IntentView
    absorbed: IntentView


@dataclass(frozen=True, slots=True)
class DismissedTwins:
    """Two intents said to be different, when and by whom."""

    pk: int
    first: IntentView
    second: IntentView
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class TwinsReview:
    """What the page of look-alikes shows."""

    pairs: tuple[Twins, ...]
    dismissed: tuple[DismissedTwins, ...]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Everything to see before deciding; ``mistake`` is why it cannot be done, or ""."""

    kept: IntentView
    absorbed: IntentView
    moved: tuple[tuple[str, int], ...]
    mistake: str


def likely_twins(*, viewer: Viewer, pole: Pole) -> list[Twins]:
    """Return the open intents of one side and one type whose titles look alike, the likest first."""
    return list(twins_to_review(viewer=viewer, pole=pole).pairs)


def twins_to_review(*, viewer: Viewer, pole: Pole) -> TwinsReview:
    """Return the look-alikes nobody has decided on, and those said to be different, the last first."""
    if not viewer.runs(pole.pk):
        return TwinsReview((), ())
    said = TwinDismissal.objects.filter(first__pole=pole).select_related("by__person").order_by("-at", "-pk")
    decided = {(one.first_id, one.second_id): one for one in said}
    best = _best_pairs(pole, decided.keys())
    shown = list(decided.values())[:MOST_DISMISSED]
    wanted = [pk for pair in best for pk in pair] + [
        pk for one in shown for pk in (one.first_id, one.second_id)
    ]
    views = _views(viewer, wanted)
    return TwinsReview(
        pairs=tuple(_twins(views[one], views[two]) for one, two in best),
        dismissed=tuple(
            DismissedTwins(one.pk, views[one.first_id], views[one.second_id], one.at, _name(one.by))
            for one in shown
        ),
    )


def _name(account: Account | None) -> str:
    if account is None:
        return ""
    return str(account.person) if account.person else account.email


def _best_pairs(pole: Pole, decided: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = Intent.objects.filter(pole=pole, state=IntentState.OPEN, resource_type__isnull=False)
    for row in rows.order_by("-confirmed_on", "-pk").values_list(
        "pk",
        "kind",
        "resource_type",
        "title",
        "municipality",
        "municipality__intermunicipal_body",
    ):
        groups[row[1], row[2]].append(row)
    found = [
        (score, one[0], two[0])
        for group in groups.values()
        for one, two in combinations(group[:MOST_OF_A_TYPE], 2)
        if (min(one[0], two[0]), max(one[0], two[0])) not in decided
        and (score := _likeness(one, two)) >= ENOUGH
    ]
    best = sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))[:MOST_PAIRS]
    return [(one, two) for _, one, two in best]


def _twins(one: IntentView, two: IntentView) -> Twins:
    first, second = sorted((one, two), key=lambda view: (-view.supports, -view.people, view.pk))
    return Twins(first, second)


def _likeness(one: Sequence[Any], two: Sequence[Any]) -> float:
    """Compare the words of two titles, from 0 to 1; a same area and a same commune add to it."""
    first, second = _grams(one[3]), _grams(two[3])
    shared = len(first & second) / max(len(first | second), 1)
    place = SAME_PLACE if one[4] and one[4] == two[4] else 0.0
    area = SAME_AREA if one[5] and one[5] == two[5] else 0.0
    return shared + place + area


def _grams(title: str) -> set[str]:
    return {f"  {word} "[at : at + 3] for word in fold(title).split() for at in range(len(word) + 1)}


def _views(viewer: Viewer, pks: Sequence[int]) -> dict[int, IntentView]:
    rows = views_of(viewer=viewer, intents=Intent.objects.filter(pk__in=set(pks)))
    return {one.pk: one for one in rows}


def intent_merge_preview(*, viewer: Viewer, pole: Pole, kept: int, absorbed: int) -> MergePreview | None:
    """Show two intents side by side and count what would move; None when one is not of the pole."""
    rows = {row.pk: row for row in Intent.objects.filter(pole=pole, pk__in=[kept, absorbed])}
    if kept not in rows or absorbed not in rows or not viewer.runs(pole.pk):
        return None
    counts: Counter[str] = Counter()
    for relation in tied_to_intents():
        model: Any = relation.related_model
        number = model._base_manager.filter(**{relation.field.name: absorbed}).count()
        counts[str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)] += number
    views = _views(viewer, [kept, absorbed])
    moved = tuple((label, count) for label, count in sorted(counts.items()) if count)
    mistake = merge_mistake(kept=rows[kept], absorbed=rows[absorbed])
    return MergePreview(views[kept], views[absorbed], moved, mistake)


def merges_of(*, pole: Pole, pk: int) -> list[IntentMerge]:
    """Return what was reunited to an intent, the last first."""
    return list(IntentMerge.objects.filter(kept__pole=pole, kept=pk).select_related("absorbed__author", "by"))


def merge_into(*, pole: Pole, pk: int) -> IntentMerge | None:
    """Return the merge that absorbed an intent, if any."""
    return IntentMerge.objects.filter(absorbed__pole=pole, absorbed=pk).select_related("kept").first()


def merge_numbered(*, pole: Pole, pk: int) -> IntentMerge | None:
    """Return a merge of the pole by its number."""
    return IntentMerge.objects.filter(kept__pole=pole, pk=pk).select_related("kept", "absorbed").first()


def twins_dismissal_numbered(*, pole: Pole, pk: int) -> TwinDismissal | None:
    """Return a « ce ne sont pas les mêmes » of the pole by its number."""
    return TwinDismissal.objects.filter(first__pole=pole, pk=pk).first()
