"""The map beside the leads: the need, its numbered offers, those set aside, the distance it accepts."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.matching.queries import Lead, WhyNot


def _name(view: IntentView) -> str:
    return f"{view.who}, {view.area}" if view.area else view.who


def desk_map(
    *, pole: Pole, view: IntentView, leads: Sequence[Lead], refused: Sequence[WhyNot]
) -> dict[str, Any]:
    """Describe the map of one intent and its answers."""
    other = "offer" if view.kind == "need" else "need"
    own = _at(view)
    pins: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for number, lead in enumerate(leads, 1):
        at = _at(lead.view)
        if at is None:
            continue
        pins.append(
            {"at": at, "side": other, "label": str(number), "name": f"Piste {number} : {_name(lead.view)}"}
        )
        if own is not None:
            links.append({"from": own, "to": at})
    for one in refused:
        at = _at(one.view)
        if at is not None:
            pins.append({"at": at, "side": "none", "label": "", "name": f"Écartée : {_name(one.view)}"})
    described: dict[str, Any] = {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "points": pins,
        "links": links,
    }
    if own is not None:
        pins.append({"at": own, "side": view.kind, "name": f"{view.kind_label} : {_name(view)}"})
        if view.reach_km:
            described["range"] = {"at": own, "km": view.reach_km}
    return described


def _at(view: IntentView) -> list[float] | None:
    return [view.point.latitude, view.point.longitude] if view.point else None
