"""Everything that reads intents for a page: what comes out is already what the viewer may see."""

from maillage.domain.exchanges.queries.figures import Figure, PoleFigures, pole_figures
from maillage.domain.exchanges.queries.filters import IntentFilters, people_of_each, seen
from maillage.domain.exchanges.queries.lists import (
    IntentList,
    intents_for_change,
    intents_list,
    latest_of_each,
    stale_intents,
    views_of,
    visible_intent,
)
from maillage.domain.exchanges.queries.map import MapPoint, map_points
from maillage.domain.exchanges.queries.merging import (
    TwinsReview,
    intent_merge_preview,
    likely_twins,
    merge_into,
    merge_numbered,
    merges_of,
    twins_dismissal_numbered,
    twins_to_review,
)
from maillage.domain.exchanges.queries.position import areas_of
from maillage.domain.exchanges.queries.sheet import (
    EvidenceLine,
    HistoryLine,
    IntentSheet,
    SupportLine,
    intent_sheet,
)
from maillage.domain.exchanges.queries.similar import outlines_of_type, similar_intents
from maillage.domain.exchanges.queries.view import AuthorRef, IntentView, PlaceRef, TypeRef, place_label

__all__ = [
    "AuthorRef",
    "EvidenceLine",
    "Figure",
    "HistoryLine",
    "IntentFilters",
    "IntentList",
    "IntentSheet",
    "IntentView",
    "MapPoint",
    "PlaceRef",
    "PoleFigures",
    "SupportLine",
    "TwinsReview",
    "TypeRef",
    "areas_of",
    "intent_merge_preview",
    "intent_sheet",
    "intents_for_change",
    "intents_list",
    "latest_of_each",
    "likely_twins",
    "map_points",
    "merge_into",
    "merge_numbered",
    "merges_of",
    "outlines_of_type",
    "people_of_each",
    "place_label",
    "pole_figures",
    "seen",
    "similar_intents",
    "stale_intents",
    "twins_dismissal_numbered",
    "twins_to_review",
    "views_of",
    "visible_intent",
]
