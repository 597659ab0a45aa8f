"""What appears while one writes: what was already said nearby, and the first leads."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.queries import IntentView, choices, outlines_of_type, similar_intents
from maillage.domain.exchanges.sight import seen_whole, spoken_for
from maillage.domain.matching.enums import Verdict
from maillage.domain.matching.live import Draft, FirstLead, first_leads
from maillage.domain.places.models import Municipality
from maillage.interfaces.web.exchanges.kinds import Kind
from maillage.interfaces.web.exchanges.understanding import Understood

MOST_ALIKE, MOST_LEADS, MOST_UNNAMED, SHORTEST = 3, 3, 1, 3
_FITS = {Verdict.VERY_GOOD: "close", Verdict.GOOD: "near", Verdict.TO_DISCUSS: "apart"}


@dataclass(frozen=True, slots=True)
class Alike:
    """An intent that resembles, and whether one may join it."""

    view: IntentView
    url: str
    meta: str
    can_join: bool


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """A lead: the structure, what it says, how well it fits, in words."""

    view: IntentView
    url: str
    meta: str
    fit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """The panel; ``has_looked`` is False while there is too little to look for."""

    alike: tuple[Alike, ...] = ()
    answers: tuple[FirstAnswer, ...] = ()
    has_looked: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known so far of what somebody is writing."""

    kind: str
    text: str
    about: Kind
    where: Municipality | None
    who: Organisation | None
    used: Understood

    @property
    def is_enough(self) -> bool:
        """Whether there are words to look for."""
        return len(self.text) >= SHORTEST

    @property
    def place(self) -> Municipality | None:
        """Where it is: the commune said, else the structure's."""
        return self.where or (choices.seat_of(self.who) if self.who else None)


def alike_of(*, viewer: Viewer, pole: Pole, sought: Sought) -> tuple[Alike, ...]:
    """Return what resembles, masked as the viewer's sight asks."""
    found = similar_intents(
        viewer=viewer,
        pole=pole,
        kind=sought.kind,
        text=sought.text,
        resource_type=sought.about.chosen,
        municipality=sought.place,
        limit=MOST_ALIKE,
    )
    return tuple(_alike(viewer, pole, view) for view in found)


def answers_of(*, viewer: Viewer, pole: Pole, sought: Sought) -> tuple[FirstAnswer, ...]:
    """Return the first leads, masked as the viewer's sight asks."""
    place, amount = sought.place, sought.used.amount
    draft = Draft(
        kind=sought.kind,
        text=sought.text,
        type_code=sought.about.chosen.code if sought.about.chosen else None,
        municipality_code=place.code if place else None,
        organisation_id=sought.who.pk if sought.who else None,
        quantity=amount.value if amount else None,
        unit=amount.unit if amount else "",
        period=amount.period.value if amount else "once",
    )
    return (*_answers(viewer, pole, draft), *_unnamed(viewer, pole, sought))


def _address(pole: Pole, view: IntentView) -> str:
    return reverse("exchanges:detail", args=[pole.slug, view.pk])


def _alike(viewer: Viewer, pole: Pole, view: IntentView) -> Alike:
    others = viewer.runs(pole.pk) or spoken_for(viewer, pole.pk) - {view.author.pk if view.author else 0}
    meta = ", ".join(part for part in (view.who, view.area, view.freshness_text) if part)
    can_join = view.state != IntentState.WITHDRAWN and not view.is_mine and bool(others)
    return Alike(view, _address(pole, view), meta, can_join)


def _answers(viewer: Viewer, pole: Pole, draft: Draft) -> tuple[FirstAnswer, ...]:
    """Return the leads among what the viewer sees whole."""
    leads = first_leads(
        pole=pole,
        draft=draft,
        on=viewer.on,
        encoder=settings.ENCODER,
        vector_folder=settings.VECTOR_CACHE,
        limit=MOST_LEADS,
        among=seen_whole(viewer, pole.pk),
    )
    views = choices.views_by_number(viewer=viewer, pks=[lead.intent.pk for lead in leads])
    return tuple(_answer(pole, views[lead.intent.pk], lead) for lead in leads if lead.intent.pk in views)


def _answer(pole: Pole, view: IntentView, lead: FirstLead) -> FirstAnswer:
    reasons = [said.text for said in lead.found.reasons if said.kind == "for"]
    metres = lead.found.distance_m
    far = f", {max(1, round(metres / 1000))} km" if metres >= 0 else ""
    return FirstAnswer(
        view=view,
        url=_address(pole, view),
        meta=f"{view.who}, {view.area}{far}",
        fit=_FITS[Verdict(lead.found.verdict)],
        reason=reasons[0] if reasons else "",
    )


def _unnamed(viewer: Viewer, pole: Pole, sought: Sought) -> tuple[FirstAnswer, ...]:
    """Return those of the same type that hide their name: found by their type alone, so that nothing else shows."""
    if sought.about.chosen is None:
        return ()
    views = outlines_of_type(
        viewer=viewer,
        pole=pole,
        kind=IntentKind.OFFER if sought.kind == IntentKind.NEED else IntentKind.NEED,
        resource_type=sought.about.chosen,
        limit=MOST_UNNAMED,
    )
    return tuple(
        FirstAnswer(view, _address(pole, view), f"{view.who}, {view.area}", "apart", "") for view in views
    )


def side_words(kind: str) -> dict[str, str]:
    """The words of the page for a side: « un besoin », « ce besoin », « Qu’est-ce qui manque »."""
    if kind == IntentKind.NEED:
        return {
            "one": "un besoin",
            "this": "le besoin",
            "saved": "Le besoin est enregistré.",
            "word": "besoin",
        }
    return {"one": "une offre", "this": "l’offre", "saved": "L’offre est enregistrée.", "word": "offre"}
