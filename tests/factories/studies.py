"""A finished study of each method, as its bridge tells it, small."""

from datetime import UTC, datetime
from typing import Any

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import RunMethod, RunStatus
from maillage.domain.matching.models import MatchingRun

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def make_study(pole: Pole, method: RunMethod, *, need: Intent, offer: Intent) -> MatchingRun:
    """Store a finished study that speaks of one need and one offer."""
    result, parameters = _RESULTS[method](str(need.pk), str(offer.pk))
    return MatchingRun.objects.create(
        pole=pole,
        method=method,
        status=RunStatus.DONE,
        parameters=parameters,
        result=result,
        problem=b"dossier",
        input_digest="0" * 64,
        certificate={"valid": True},
        objective=1.0,
        bound=1.0,
        gap=0.0,
        needs=1,
        offers=1,
        asked_at=NOW,
        finished_at=NOW,
    )


ADDRESSES = {
    RunMethod.ALLOCATE: ("share_out_run", "suppose", "record"),
    RunMethod.BUNDLE: ("assemble_run",),
    RunMethod.CHAIN: ("assemble_run",),
    RunMethod.TOUR: ("round_run",),
    RunMethod.NETWORK: ("network_run",),
}


def make_studies(pole: Pole, *, need: Intent, offer: Intent) -> dict[str, int]:
    """Store a study of each method; return, by name of address, the number of the study it shows."""
    return {
        f"matching:{name}": run.pk
        for method, names in ADDRESSES.items()
        for run in [make_study(pole, method, need=need, offer=offer)]
        for name in names
    }


def _allocate(need: str, offer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    result = {
        "headline": "Sur 1 besoin chiffré, 0 entièrement servi, 1 en partie, 0 sans rien.",
        "figures": {"whole": 0, "part": 1, "none": 0},
        "dimensions": [
            {
                "dimension": "mass",
                "wanted": 12.0,
                "served": 8.0,
                "wanted_words": "12 t",
                "served_words": "8 t",
            }
        ],
        "flows": [{"need": need, "offer": offer, "quantity": 0.66, "words": "8 t", "distance": "14 km"}],
        "received": [{"need": need, "words": "8 t"}],
        "unmet": [
            {"need": need, "missing": "4 t", "is_part": True, "reason": "full", "sentence": "Tout est pris."}
        ],
        "idle": [{"offer": offer, "words": "1 t"}],
        "unlock": [{"sentence": "4 t de plus serviraient 1 besoin de plus.", "needs": [need]}],
    }
    return result, {"kind": "", "fairness": "none", "months": False, "reach_km": None}


def _bundle(need: str, offer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    member = {"offer": offer, "words": "8 t", "per_mille": 667, "distance": "14 km", "months": []}
    result = {
        "kind": "bundle",
        "need": need,
        "headline": "Une seule offre suffit.",
        "bundles": [{"members": [member], "cost": "14"}],
        "exhausted": True,
        "shortfall": "",
    }
    return result, {"need": int(need), "k": 3, "way": "smallest", "goal": "smallest"}


def _chain(need: str, offer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    chain = {
        "title": "Reconditionner",
        "missing": ["Il manque un transporteur."],
        "conditions": ["L’effacement est attesté."],
        "lines": [
            {"offer": offer, "from": "", "what": "Ordinateurs", "to": "Reconditionner", "words": "12"},
            {"offer": "", "from": "Reconditionner", "what": "Ordinateurs", "to": "ce besoin", "words": "10"},
        ],
        "nodes": [
            {"key": "o0", "label": "", "kind": "offer", "offer": offer},
            {"key": "r0", "label": "Reconditionner", "kind": "flow", "offer": ""},
            {"key": "need", "label": "Le besoin", "kind": "need", "offer": ""},
        ],
        "links": [
            {"source": "o0", "target": "r0", "value": 1.0, "kind": "flow", "label": "12"},
            {"source": "r0", "target": "need", "value": 1.0, "kind": "flow", "label": "10"},
        ],
        "shares_about": "Personne n’a intérêt à partir.",
        "shares": [{"party": offer, "sentence": "Vous recevez 30 €."}],
    }
    result = {
        "kind": "chain",
        "need": need,
        "headline": "Il manque un transporteur.",
        "chains": [chain],
        "exhausted": False,
        "shortfall": "",
    }
    return result, {"need": int(need), "k": 3, "way": "chain", "worth": None, "km_cost": None}


def _tour(need: str, offer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    def line(kind: str, intent: str, at: int, load: float) -> dict[str, Any]:
        return {
            "kind": kind,
            "intent": intent,
            "point": [47.1 + at / 1e6, 2.4],
            "arrival": at,
            "begin": at,
            "leave": at + 600,
            "at": "8 h 00",
            "load": [load, 0.0],
            "load_words": ["80 kg"] if load else [],
        }

    lines = [
        line("start", "", 25_200, 0.0),
        line("visit", offer, 28_800, 80.0),
        line("end", "", 32_400, 80.0),
    ]
    driven = {
        "vehicle": "Véhicule",
        "copy": 0,
        "capacity": [1000.0, 10.0],
        "kilometres": "32 km",
        "hours": "2 h",
        "cost": "40",
        "lines": lines,
    }
    left = {"intent": need, "sentence": "Sa quantité dépasse la capacité de tous les véhicules."}
    result = {
        "headline": "1 passages sur 2, en 1 tournées et 32 km.",
        "kilometres": "32 km",
        "hours": "2 h",
        "cost": "40",
        "days": [{"day": 0, "rounds": [driven], "left_out": [left]}],
        "without_place": [],
    }
    van = {"name": "Véhicule", "number": 1, "kg": 1000.0, "m3": 10.0, "leaves": 420, "back": 1020}
    van |= {"km_cost": 0.5, "hour_cost": 20.0}
    return result, {
        "depot": {"label": "Bourges", "latitude": 47.08, "longitude": 2.4},
        "days": 5,
        "vehicles": [van],
        "service_minutes": 10,
        "rests_on": ["Facteur de route : 1,3 (à préciser)."],
        "stops": [{"intent": int(offer), "every": 7}],
    }


def _network(need: str, offer: str) -> tuple[dict[str, Any], dict[str, Any]]:
    names = ("meetings", "single_points", "brokers", "quarters")
    result = {
        "headline": "2 acteurs, 1 liens aujourd’hui.",
        "summary": ["1 groupe."],
        "definitions": {name: [f"Mesure {name}", "Ce qu’elle dit.", "Sa source."] for name in names},
        "actors": [{"key": f"⟦{key}⟧", "links": 1, "cut": False, "core": True} for key in (1, 2)],
        "links": [["⟦1⟧", "⟦2⟧"]],
        "proposed": [],
        "brokers": [["⟦1⟧", 12.5]],
        "single_points": ["Sans ⟦1⟧, 1 acteur serait coupé."],
        "meetings": ["⟦1⟧ et ⟦2⟧ : ils connaissent tous deux ⟦1⟧."],
        "quarters": [["2026, trimestre 4", 2, 1, 1, 1]],
    }  # fmt: skip
    return result, {}


_RESULTS = {
    RunMethod.ALLOCATE: _allocate,
    RunMethod.BUNDLE: _bundle,
    RunMethod.CHAIN: _chain,
    RunMethod.TOUR: _tour,
    RunMethod.NETWORK: _network,
}
