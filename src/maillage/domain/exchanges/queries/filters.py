"""What one may ask of the list of intents, and the conditions it becomes.

A filter never looks into what is hidden: searching a name, a commune or a word finds no anonymous intent that the
viewer only sees in outline; its type and its intermunicipal body do.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import (
    Aggregate,
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.functions import Coalesce, Greatest

from maillage.core.french import fold
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Evidence, Intent, Support
from maillage.domain.exchanges.queries.position import is_rough
from maillage.domain.exchanges.sight import seen_in_outline, seen_whole

ANY_STATE = "any"
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentFilters:
    """The questions of the list; empty says "all". Without ``state``, what was withdrawn stays out.

    ``state`` is a state, or ``any``. ``type`` brings its narrower types along. ``municipality`` is a code INSEE,
    ``body`` the SIREN of an intermunicipal body, ``organisation`` a number. ``by_support`` puts first what most
    structures share, then what most people are concerned by; of what is hidden, neither is known.
    """

    kind: str = ""
    state: str = ""
    type: str = ""
    resource_kind: str = ""
    text: str = ""
    municipality: str = ""
    body: str = ""
    organisation: int | None = None
    visibility: str = ""
    stale_before: date | None = None
    said_since: date | None = None
    by_support: bool = False


def seen(viewer: Viewer, pole_id: int) -> QuerySet[Intent]:
    """Return the intents of a pole of which the viewer sees something."""
    return Intent.objects.filter(seen_whole(viewer, pole_id) | seen_in_outline(viewer, pole_id))


def filtered(viewer: Viewer, pole_id: int, filters: IntentFilters) -> QuerySet[Intent]:
    """Return the intents that the viewer sees and that answer the filters, the nearest words or freshest first."""
    inside = Q()
    if filters.municipality:
        code = filters.municipality
        inside &= Q(municipality=code) | Q(municipality__isnull=True, site__municipality=code)
    if filters.organisation is not None:
        inside &= Q(author=filters.organisation)
    whole, outline = seen_whole(viewer, pole_id) & inside, seen_in_outline(viewer, pole_id)
    if filters.body and not is_rough(filters.body):
        outline &= Q(pk__in=[])
    question, shown_whole = fold(filters.text[:LONGEST_QUESTION]), whole
    if question:
        types = list(ResourceType.objects.filter(folded__contains=question).values_list("pk", flat=True))
        whole &= _says(filters.text[:LONGEST_QUESTION], question, types)
        outline &= Q(resource_type__in=types)
    condition = whole if inside else whole | outline
    found = Intent.objects.filter(condition, open_questions(filters))
    if filters.by_support:
        return _by_support(found, whole)
    if not question:
        return found.order_by("-confirmed_on", "-pk")
    return found.annotate(nearness=_nearness(filters.text, question, shown_whole)).order_by(
        "-nearness", "-confirmed_on", "-pk"
    )


def of_each(lines: type[Support] | type[Evidence], number: Aggregate) -> Coalesce:
    """Return a number over the lines of each intent; 0 when it has none."""
    counted = lines._default_manager.filter(intent=OuterRef("pk")).order_by().values("intent")
    return Coalesce(Subquery(counted.values_list(number)), 0, output_field=IntegerField())


def people_of_each() -> CombinedExpression:
    """Return how many people each intent concerns: those its supporters tell, and the most that a voice tells."""
    return of_each(Support, Sum("people_concerned")) + of_each(Evidence, Max("people_concerned"))


def _by_support(found: QuerySet[Intent], whole: Q) -> QuerySet[Intent]:
    def known(number: Combinable) -> Case:
        return Case(When(whole, then=number), default=Value(0), output_field=IntegerField())

    return found.annotate(
        backing=known(of_each(Support, Count("pk"))), concerned=known(people_of_each())
    ).order_by("-backing", "-concerned", "-confirmed_on", "-pk")


def open_questions(filters: IntentFilters) -> Q:
    """Return the conditions on what even an outline shows."""
    asked = Q()
    if filters.kind:
        asked &= Q(kind=filters.kind)
    if not filters.state:
        asked &= ~Q(state=IntentState.WITHDRAWN)
    elif filters.state != ANY_STATE:
        asked &= Q(state=filters.state)
    if filters.type:
        asked &= Q(resource_type__path__contains=f"/{filters.type}/")
    if filters.resource_kind:
        asked &= Q(resource_type__kind=filters.resource_kind)
    if filters.visibility:
        asked &= Q(visibility=filters.visibility)
    if filters.body:
        asked &= Q(municipality__intermunicipal_body=filters.body) | Q(
            municipality__isnull=True, site__municipality__intermunicipal_body=filters.body
        )
    if filters.stale_before is not None:
        asked &= Q(confirmed_on__lt=filters.stale_before)
    if filters.said_since is not None:
        asked &= Q(said_on__gte=filters.said_since)
    return asked


def _says(text: str, question: str, types: list[str]) -> Q:
    """Match French words, near spellings of the title, the author (``Ci&el`` keeps its ``&``) and the type.

    Each way of saying is looked up apart, by its own index: asked together, they would be tried on every intent.
    """
    authors = list(Organisation.objects.filter(folded__contains=question).values_list("pk", flat=True))
    words = SearchQuery(text.replace("\x00", ""), config="french", search_type="websearch")
    ways = [
        Intent.objects.filter(condition).order_by().values("pk")
        for condition in (
            Q(document=words),
            Q(folded__contains=question),
            Q(folded__trigram_word_similar=question),
            Q(author__in=authors),
            Q(resource_type__in=types),
        )
    ]
    return Q(pk__in=ways[0].union(*ways[1:]))


def _nearness(text: str, question: str, whole: Q) -> Case:
    """Rank by the words; an outline has only its type, and ranks last."""
    rank = SearchRank(
        F("document"), SearchQuery(text.replace("\x00", ""), config="french", search_type="websearch")
    )
    words = Greatest(rank, TrigramWordSimilarity(question, "folded"), output_field=FloatField())
    return Case(
        When(whole, then=Coalesce(words, Value(0.0), output_field=FloatField())),
        default=Value(0.0),
        output_field=FloatField(),
    )
