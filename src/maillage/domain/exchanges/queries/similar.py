"""« Déjà dit, tout près »: the intents that resemble what somebody is writing."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, FloatField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from maillage.core.french import fold
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.filters import LONGEST_QUESTION, seen
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.queries.position import is_rough
from maillage.domain.exchanges.queries.view import IntentView
from maillage.domain.exchanges.sight import seen_in_outline, seen_whole
from maillage.domain.places.models import Municipality

SAME_TYPE = 0.5
SAME_BRANCH = 0.3
SAME_MUNICIPALITY = 0.15
SAME_BODY = 0.1
ENOUGH = 0.45


def similar_intents(
    *,
    viewer: Viewer,
    pole: Pole,
    kind: str,
    text: str = "",
    resource_type: ResourceType | None = None,
    municipality: Municipality | None = None,
    limit: int = 5,
) -> list[IntentView]:
    """Return the open or answered intents of the same side that resemble these words, this type, this place.

    The words of an intent seen in outline are never compared: only its type and its area speak for it.
    """
    words = fold(text[:LONGEST_QUESTION])
    if not words and resource_type is None:
        return []
    score = _words(viewer, pole, words) + _type(resource_type) + _place(viewer, pole, municipality)
    rows = (
        seen(viewer, pole.pk)
        .filter(kind=kind)
        .exclude(state=IntentState.WITHDRAWN)
        .annotate(resemblance=score)
        .filter(resemblance__gte=ENOUGH)
        .order_by("-resemblance", "-confirmed_on", "-pk")
    )
    return views_of(viewer=viewer, intents=rows[:limit])


def outlines_of_type(
    *, viewer: Viewer, pole: Pole, kind: str, resource_type: ResourceType, limit: int
) -> list[IntentView]:
    """Return the open intents of a side and a type, or of a narrower one, that the viewer sees in outline only."""
    rows = Intent.objects.filter(seen_in_outline(viewer, pole.pk), kind=kind, state=IntentState.OPEN)
    rows = rows.filter(resource_type__path__contains=f"/{resource_type.code}/")
    return views_of(viewer=viewer, intents=rows.order_by("-confirmed_on", "-pk")[:limit])


def _words(viewer: Viewer, pole: Pole, words: str) -> Combinable:
    if not words:
        return Value(0.0, output_field=FloatField())
    nearness = Cast(TrigramWordSimilarity(words, "folded"), FloatField())
    return _case(When(seen_whole(viewer, pole.pk), then=nearness))


def _type(resource_type: ResourceType | None) -> Combinable:
    if resource_type is None:
        return Value(0.0, output_field=FloatField())
    parents = [code for code in resource_type.path.split("/") if code and code != resource_type.code]
    branch = Q(resource_type__path__contains=f"/{resource_type.code}/") | Q(resource_type__in=parents)
    return _case(
        When(resource_type=resource_type, then=Value(SAME_TYPE)), When(branch, then=Value(SAME_BRANCH))
    )


def _place(viewer: Viewer, pole: Pole, municipality: Municipality | None) -> Combinable:
    if municipality is None:
        return Value(0.0, output_field=FloatField())
    cases = [When(seen_whole(viewer, pole.pk) & Q(municipality=municipality), then=Value(SAME_MUNICIPALITY))]
    body = municipality.intermunicipal_body_id
    if body and is_rough(body):
        cases.append(When(municipality__intermunicipal_body=body, then=Value(SAME_BODY)))
    return _case(*cases)


def _case(*cases: When) -> Case:
    return Case(*cases, default=Value(0.0), output_field=FloatField())
