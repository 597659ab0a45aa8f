"""A sharing out as its page tells it: the balance, what goes where, what stays without and why."""

from dataclasses import dataclass
from typing import Any

from maillage.core.french import number, plural
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.shown import intents_shown

Parts = list[tuple[str, float, str]]
DIMENSIONS_FR = {
    "mass": "Matières et produits, en masse",
    "volume": "Volumes",
    "area": "Surfaces",
    "energy": "Énergie",
    "time": "Heures de travail",
    "count": "Objets et places",
    "money": "Argent",
    "distance": "Distances",
    "area_time": "Surfaces sur une durée",
    "use_time": "Durées d’utilisation",
}


@dataclass(frozen=True, slots=True)
class Line:
    """So much goes from an offer to a need."""

    need: IntentView
    offer: IntentView
    quantity: str
    amount: float
    distance: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that is not wholly served, and the proved reason."""

    need: IntentView
    missing: str
    is_part: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Idle:
    """What an offer keeps."""

    offer: IntentView
    left: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One coverage bar: ``parts`` are (kind, size, words)."""

    label: str
    parts: Parts
    text: str


@dataclass(frozen=True, slots=True)
class ShareOut:
    """Everything the page shows of one sharing out."""

    headline: str
    about: str
    proof: str
    bars: list[Bar]
    lines: list[Line]
    unmet: list[Unmet]
    idle: list[Idle]
    unlock: list[str]


def read_share_out(*, viewer: Viewer, run: MatchingRun) -> ShareOut:
    """Return a sharing out as its reader may see it; a line one side of which they may not see is left out."""
    told = run.result
    keys = {key for line in told["flows"] for key in (line["need"], line["offer"])}
    keys |= {line["need"] for line in told["unmet"]} | {line["offer"] for line in told["idle"]}
    seen = intents_shown(viewer=viewer, keys=keys)
    return ShareOut(
        headline=told["headline"],
        about=about(run),
        proof=proof(run),
        bars=[_bar(one) for one in told["dimensions"]],
        lines=[
            Line(seen[one["need"]], seen[one["offer"]], one["words"], one["quantity"], one["distance"])
            for one in told["flows"]
            if one["need"] in seen and one["offer"] in seen
        ],
        unmet=[
            Unmet(seen[one["need"]], one["missing"], one["is_part"], one["sentence"])
            for one in told["unmet"]
            if one["need"] in seen
        ],
        idle=[Idle(seen[one["offer"]], one["words"]) for one in told["idle"] if one["offer"] in seen],
        unlock=[one["sentence"] for one in told["unlock"]],
    )


def about(run: MatchingRun) -> str:
    """What a run was made of, in words."""
    needs = f"{number(run.needs)} {plural(run.needs, 'besoin', 'besoins')}"
    offers = f"{number(run.offers)} {plural(run.offers, 'offre', 'offres')}"
    return f"{needs} et {offers} chiffrés."


def proof(run: MatchingRun) -> str:
    """How good a result is proved to be, in words."""
    if run.bound is None or run.gap is None:
        return "Le résultat a été vérifié ; rien ne dit qu’on ne peut pas mieux faire."
    if run.gap <= ALMOST_NOTHING:
        return "Le résultat a été vérifié, et il est prouvé qu’on ne peut pas mieux faire."
    return f"Le résultat a été vérifié ; le meilleur possible est à {number(run.gap * 100)} % au plus."


ALMOST_NOTHING = 1e-6


def _bar(told: dict[str, Any]) -> Bar:
    label = DIMENSIONS_FR.get(told["dimension"], told["dimension"])
    served, wanted = float(told["served"]), float(told["wanted"])
    words = f"{told['served_words']} servis sur {told['wanted_words']} demandés"
    parts: Parts = [("proposed", served, words), ("missing", max(wanted - served, 0.0), "reste à trouver")]
    return Bar(f"{label} : {words}", parts, f"{label} : {words}")


def offers_to_move(*, pole: Pole) -> list[Intent]:
    """The open offers whose quantity is known: those of which one may ask « et si… »."""
    rows = Intent.objects.filter(
        pole=pole, kind=IntentKind.OFFER, state=IntentState.OPEN, quantity__isnull=False
    )
    return list(rows.select_related("author").order_by("title", "pk"))
