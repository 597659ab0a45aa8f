"""What somebody sees of an intent: nothing, its outline, or the whole; the same rule in Python and in SQL.

Public is for everyone; members' for the pole; facilitators' for those who run it. An anonymous intent shows its
outline to the pole: type, order of magnitude, intermunicipal body. Its author's representatives and those who run
the pole see the whole of everything that is theirs. A network reads what is public. What was disclosed to an
organisation, because both sides said yes, is whole for those who speak for it in the pole, and for them alone.
"""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import Q, prefetch_related_objects

from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Disclosure, Intent

_NOBODY = Q(pk__in=[])


class Sight(StrEnum):
    """How much somebody sees."""

    NOTHING = "nothing"
    OUTLINE = "outline"
    WHOLE = "whole"


def spoken_for(viewer: Viewer, pole_id: int) -> frozenset[int]:
    """Return the organisations this person speaks for in the pole; a network speaks for none."""
    return viewer.organisations_in(pole_id) if viewer.belongs(pole_id) else frozenset()


def sight_of(viewer: Viewer, intent: Intent) -> Sight:
    """Return how much ``viewer`` sees of ``intent``."""
    pole_id = intent.pole_id
    if (
        intent.visibility == Visibility.PUBLIC
        or viewer.runs(pole_id)
        or intent.author_id in spoken_for(viewer, pole_id)
    ):
        return Sight.WHOLE
    if not viewer.belongs(pole_id):
        return Sight.NOTHING
    if intent.visibility == Visibility.MEMBERS or _is_disclosed(intent, spoken_for(viewer, pole_id)):
        return Sight.WHOLE
    return Sight.OUTLINE if intent.visibility == Visibility.ANONYMOUS else Sight.NOTHING


def _is_disclosed(intent: Intent, mine: frozenset[int]) -> bool:
    return bool(mine) and any(line.organisation_id in mine for line in intent.disclosures.all())


def read_disclosures(viewer: Viewer, intents: Sequence[Intent]) -> None:
    """Bring along, in one query for all and only when it matters, what ``sight_of`` asks of each intent."""
    hidden = {Visibility.ANONYMOUS, Visibility.FACILITATORS}
    asked = [
        intent
        for intent in intents
        if intent.visibility in hidden
        and not viewer.runs(intent.pole_id)
        and spoken_for(viewer, intent.pole_id) - {intent.author_id}
    ]
    prefetch_related_objects(asked, "disclosures")


def _disclosed(mine: frozenset[int]) -> Q:
    """Return the condition of what was disclosed to one of these organisations; no line is doubled by a join."""
    return Q(pk__in=Disclosure.objects.filter(organisation__in=mine).order_by().values("intent"))


def seen_whole(viewer: Viewer, pole_id: int) -> Q:
    """Return the condition of the intents of a pole that ``viewer`` sees whole."""
    if viewer.runs(pole_id):
        return Q(pole_id=pole_id)
    seen = Q(visibility=Visibility.PUBLIC)
    if viewer.belongs(pole_id):
        mine = spoken_for(viewer, pole_id)
        seen |= Q(visibility=Visibility.MEMBERS) | Q(author_id__in=mine) | _disclosed(mine)
    return Q(pole_id=pole_id) & seen


def seen_in_outline(viewer: Viewer, pole_id: int) -> Q:
    """Return the condition of the intents of a pole of which ``viewer`` sees the outline only."""
    if viewer.runs(pole_id) or not viewer.belongs(pole_id):
        return _NOBODY
    mine = spoken_for(viewer, pole_id)
    hidden = Q(pole_id=pole_id, visibility=Visibility.ANONYMOUS)
    return hidden & ~Q(author_id__in=mine) & ~_disclosed(mine)
