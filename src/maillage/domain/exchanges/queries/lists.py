"""Lists of intents, ready for a page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import overload

from django.db.models import Count, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent, Support
from maillage.domain.exchanges.queries.filters import IntentFilters, filtered, of_each, people_of_each, seen
from maillage.domain.exchanges.queries.position import (
    areas_of,
    commune_at,
    place_of,
    position_of,
    read_places,
)
from maillage.domain.exchanges.queries.view import IntentView, view_of
from maillage.domain.exchanges.sight import Sight, read_disclosures, seen_whole, sight_of, spoken_for


class IntentList(Sequence[IntentView]):
    """A long list read by slices, for a paginator; each slice costs one query, two when areas are to be placed.

    ``is_searched`` says that words are asked for: to count what they find costs as much as to rank it, so that the
    numbers are then kept in their order, and a slice reads its own lines.
    """

    def __init__(self, rows: QuerySet[Intent], viewer: Viewer, *, is_searched: bool = False) -> None:
        self._rows = rows
        self._viewer = viewer
        self._is_searched = is_searched
        self._count: int | None = None
        self._found: list[tuple[int, str]] | None = None

    def __len__(self) -> int:
        """Count the intents, once."""
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    def count_by_kind(self) -> dict[str, int]:
        """Return how many needs and how many offers, in one query; the whole is counted too."""
        if self._is_searched:
            self._found = list(self._rows.values_list("pk", "kind"))
            found = dict(Counter(kind for _, kind in self._found))
        else:
            found = dict(self._rows.order_by().values_list("kind").annotate(Count("pk")))
        self._count = sum(found.values())
        return {kind: found.get(kind, 0) for kind in IntentKind.values}

    def of_kind(self, kind: str, *, count: int) -> "IntentList":
        """Return the intents of one side alone, already counted."""
        narrowed = IntentList(self._rows.filter(kind=kind), self._viewer)
        narrowed._count = count
        if self._found is not None:
            narrowed._found = [line for line in self._found if line[1] == kind]
        return narrowed

    @overload
    def __getitem__(self, at: int) -> IntentView: ...
    @overload
    def __getitem__(self, at: slice) -> list[IntentView]: ...
    def __getitem__(self, at: int | slice) -> IntentView | list[IntentView]:
        """Return the views of a slice, or one view."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        if self._found is None:
            return views_of(viewer=self._viewer, intents=self._rows[at])
        keys = [pk for pk, _ in self._found[at]]
        views = views_of(viewer=self._viewer, intents=Intent.objects.filter(pk__in=keys))
        return sorted(views, key=lambda view: keys.index(view.pk))

    def __iter__(self) -> Iterator[IntentView]:
        """Read the whole list at once."""
        return iter(self[:])


def _joined(rows: QuerySet[Intent]) -> QuerySet[Intent]:
    """Bring along, in the same query, everything a view shows."""
    return (
        rows.defer("document", "folded")
        .select_related("author", "resource_type", "site")
        .annotate(
            support_count=of_each(Support, Count("pk")),
            people_count=people_of_each(),
            commune=commune_at("municipality_id"),
            site_commune=commune_at("site__municipality_id"),
        )
    )


def views_of(*, viewer: Viewer, intents: QuerySet[Intent]) -> list[IntentView]:
    """Return the views of intents, in their order; those of which the viewer sees nothing are left out.

    One query for the intents, one for what was disclosed and one for the centres of the areas when some are needed,
    none for each intent.
    """
    found = list(_joined(intents))
    read_places(found)
    read_disclosures(viewer, found)
    seen_by = [(intent, sight_of(viewer, intent)) for intent in found]
    rows = [intent for intent, sight in seen_by if sight is not Sight.NOTHING]
    places = [
        place_of(intent)
        for intent, sight in seen_by
        if sight is Sight.OUTLINE or (sight is Sight.WHOLE and position_of(intent, {}) is None)
    ]
    areas = areas_of(
        place.intermunicipal_body_id for place in places if place and place.intermunicipal_body_id
    )
    return [
        view_of(intent, viewer, areas, is_mine=intent.author_id in spoken_for(viewer, intent.pole_id))
        for intent in rows
    ]


def intents_list(*, viewer: Viewer, pole: Pole, filters: IntentFilters | None = None) -> IntentList:
    """Return the intents of a pole that the viewer may see and that answer the filters."""
    asked = filters or IntentFilters()
    return IntentList(filtered(viewer, pole.pk, asked), viewer, is_searched=bool(asked.text))


def latest_of_each(*, viewer: Viewer, pole: Pole, n: int) -> dict[str, list[IntentView]]:
    """Return the last open needs and the last open offers that were said, by side, read together."""
    rows = seen(viewer, pole.pk).filter(state=IntentState.OPEN).order_by("-said_on", "-pk")
    needs, offers = (rows.filter(kind=kind).values("pk")[:n] for kind in (IntentKind.NEED, IntentKind.OFFER))
    last = Intent.objects.filter(pk__in=needs.union(offers)).order_by("-said_on", "-pk")
    views = views_of(viewer=viewer, intents=last)
    return {kind: [view for view in views if view.kind == kind] for kind in IntentKind.values}


def stale_intents(*, viewer: Viewer, pole: Pole, on: date, days: int) -> IntentList:
    """Return the open intents that nobody confirmed for ``days`` days, the oldest first."""
    rows = seen(viewer, pole.pk).filter(state=IntentState.OPEN, confirmed_on__lt=on - timedelta(days=days))
    return IntentList(rows.order_by("confirmed_on", "pk"), viewer)


def visible_intent(*, viewer: Viewer, pole: Pole, pk: int) -> Intent | None:
    """Return the intent itself, for a policy and an operation; None when the viewer sees nothing of it.

    It is not for a page: a page shows ``intent_sheet`` or a view.
    """
    return seen(viewer, pole.pk).filter(pk=pk).first()


def intents_for_change(*, viewer: Viewer, pole: Pole, pks: Iterable[int]) -> list[Intent]:
    """Return the intents that the viewer sees whole among ``pks``, for the policies and the bulk operations."""
    rows = Intent.objects.filter(seen_whole(viewer, pole.pk), pk__in=list(pks))
    return list(rows.select_related("author").order_by("pk"))
