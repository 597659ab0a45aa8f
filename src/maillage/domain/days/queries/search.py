"""Search everything one may see, typing mistakes forgiven: organisations, people, needs and offers, agreements.

What is compared is what the person reads: an intent seen in outline is not searched by its hidden words.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from maillage.core.french import fold
from maillage.domain.actors.models import Mandate, Organisation, Pole
from maillage.domain.actors.policies import user_can_see_people
from maillage.domain.actors.queries.directory import running_on
from maillage.domain.actors.queries.scope import directory_scope
from maillage.domain.actors.viewer import Viewer
from maillage.domain.days.enums import Subject
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.sight import seen_whole
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.queries.agreements import seen_agreements
from maillage.domain.places.fields import Fold

CLOSE_ENOUGH = 0.4
OF_EACH = 8
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found, what it is and where it leads."""

    subject: Subject
    pk: int
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The things of one kind, closest first."""

    label: str
    rows: tuple[Found, ...]


def search_everything(*, viewer: Viewer, pole: Pole, text: str) -> list[FoundGroup]:
    """Return what resembles ``text``, a few of each kind; nothing under two letters."""
    asked = fold(text).strip()
    if len(asked) < SHORTEST:
        return []
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
    ):  # the indexes forgive as much as we do, here only
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSE_ENOUGH)]
        )
        return _groups(viewer, pole, asked)


def _groups(viewer: Viewer, pole: Pole, asked: str) -> list[FoundGroup]:
    groups = [
        FoundGroup("Structures", tuple(_organisations(pole, asked))),
        FoundGroup("Personnes", tuple(_people(viewer, pole, asked))),
        FoundGroup("Besoins et offres", tuple(_intents(viewer, pole, asked))),
        FoundGroup("Accords", tuple(_agreements(viewer, pole, asked))),
    ]
    return [group for group in groups if group.rows]


def _organisations(pole: Pole, asked: str) -> list[Found]:
    short = Fold(F("short_name"))
    named = Organisation.objects.alias(short=short).order_by()
    ways = [  # each by its own index
        named.filter(condition).values("pk")
        for condition in (
            Q(folded__trigram_word_similar=asked),
            Q(folded__contains=asked),
            Q(short__trigram_word_similar=asked),
        )
    ]
    rows = (
        directory_scope(pole)
        .filter(pk__in=ways[0].union(*ways[1:]))
        .annotate(close=Greatest(TrigramWordSimilarity(asked, "folded"), TrigramWordSimilarity(asked, short)))
        .order_by("-close", "folded", "pk")
    )
    return [Found(Subject.ORGANISATION, row.pk, row.name, row.get_family_display()) for row in rows[:OF_EACH]]


def _people(viewer: Viewer, pole: Pole, asked: str) -> list[Found]:
    """People lead to the structure they speak for: a person has no page of its own."""
    if not user_can_see_people(viewer, pole):
        return []
    name = Fold(F("person__given_name"))
    rows = (
        Mandate.objects.filter(running_on(viewer.on), pole=pole, organisation__isnull=False)
        .annotate(
            close=Greatest(TrigramWordSimilarity(asked, "person__folded"), TrigramWordSimilarity(asked, name))
        )
        .filter(close__gte=CLOSE_ENOUGH)
        .select_related("person", "organisation")
        .order_by("-close", "person__folded", "pk")
    )
    return [
        Found(Subject.ORGANISATION, row.organisation_id, str(row.person), str(row.organisation))
        for row in rows[:OF_EACH]
        if row.organisation_id is not None
    ]


def _intents(viewer: Viewer, pole: Pole, asked: str) -> list[Found]:
    rows: QuerySet[Intent] = (
        Intent.objects.filter(seen_whole(viewer, pole.pk))
        .exclude(state=IntentState.WITHDRAWN)
        .annotate(close=TrigramWordSimilarity(asked, "folded"))
        .filter(Q(folded__trigram_word_similar=asked) | Q(folded__contains=asked))
        .select_related("author")
        .order_by("-close", "-confirmed_on", "pk")
    )
    return [
        Found(Subject.INTENT, row.pk, row.title, f"{row.get_kind_display()}, {row.author.name}")
        for row in rows[:OF_EACH]
    ]


def _agreements(viewer: Viewer, pole: Pole, asked: str) -> list[Found]:
    rows = (
        Agreement.objects.alias(folded=Fold(F("title")))
        .filter(seen_agreements(viewer, pole.pk), folded__trigram_word_similar=asked)
        .annotate(close=TrigramWordSimilarity(asked, Fold(F("title"))))
        .order_by("-close", "-starts_on", "pk")
    )
    return [Found(Subject.AGREEMENT, row.pk, row.title, row.get_state_display()) for row in rows[:OF_EACH]]
