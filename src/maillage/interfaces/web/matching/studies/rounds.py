"""Go round: which stops, which van; days, timetables, loads, what is left out and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies.gone_round import read_rounds
from maillage.domain.matching.studies.rounds import MOST_STOPS, can_be_collected
from maillage.domain.places.queries import positions_of, towns_of
from maillage.importers.roads import assumptions
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.matching.studies.forms import RoundsForm, every_days
from maillage.interfaces.web.matching.studies.launching import (
    chosen_study,
    earlier,
    launch_study,
    open_study,
)
from maillage.interfaces.web.matching.studies.pictures import day_pictures

METHODS = (RunMethod.TOUR,)
QUICK, CAREFUL = 2_000, 20_000
WEEKLY = 7


@require_safe
@in_pole
def rounds(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the last plan, or the one of the address, and the form of the next."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    return _page(request, pk, form=None)


@require_POST
@in_pole
def launch(request: PoleRequest) -> HttpResponse:
    """Ask for rounds through the stops that are ticked."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    form = RoundsForm(request.POST, pole=request.pole)
    intents = can_be_collected(pole=request.pole)
    mistake, stops = "", []
    try:
        stops = _stops(request, intents)
    except UserMistake as refused:
        mistake = refused.message
        form.add_error(None, mistake)
    if form.is_valid() and not mistake:
        point = positions_of([form.cleaned_data["town"]]).get(form.cleaned_data["town"].code)
        if point is not None:
            parameters = _parameters(form, stops, (point.latitude, point.longitude))
            return launch_study(request, method=RunMethod.TOUR, parameters=parameters)
        form.add_error("depot", "Cette commune n’a pas de point sur la carte ; choisissez-en une voisine.")
    return _page(request, None, form=form, mistake=mistake, status=422)


def _stops(request: PoleRequest, intents: list[Intent]) -> list[dict[str, int]]:
    ticked = set(request.POST.getlist("arret"))
    found = [
        {"intent": one.pk, "every": every_days(request.POST.get(f"tous-{one.pk}", str(WEEKLY)))}
        for one in intents
        if str(one.pk) in ticked
    ]
    if not found:
        raise UserMistake("Cochez au moins un arrêt.")
    if len(found) > MOST_STOPS:
        raise UserMistake(f"{MOST_STOPS} arrêts au plus à la fois : décochez-en.")
    return found


def _parameters(form: RoundsForm, stops: list[dict[str, int]], depot: tuple[float, float]) -> dict[str, Any]:
    told, assumed = form.cleaned_data, assumptions()
    return {
        "depot": {"label": told["town"].label, "latitude": depot[0], "longitude": depot[1]},
        "days": told["days"],
        "vehicles": [
            {
                "name": "Véhicule",
                "number": told["number"],
                "kg": told["kg"],
                "m3": told["m3"],
                "leaves": told["leaves"].hour * 60 + told["leaves"].minute,
                "back": told["back"].hour * 60 + told["back"].minute,
                "km_cost": told["km_cost"],
                "hour_cost": told["hour_cost"],
            }
        ],
        "service_minutes": told["service_minutes"],
        "factor": assumed["road_factor"].value,
        "kmh": assumed["mean_speed"].value,
        "rests_on": [assumed[code].sentence for code in ("road_factor", "mean_speed")],
        "iterations": CAREFUL if told["careful"] else QUICK,
        "stops": stops,
    }


def _initial(parameters: dict[str, Any]) -> dict[str, Any]:
    assumed = assumptions()
    if not parameters:
        return {
            "days": 5,
            "number": 1,
            "kg": f"{assumed['van_kg'].value:g}",
            "m3": f"{assumed['van_m3'].value:g}",
            "leaves": f"{assumed['day_start'].value:02.0f}:00",
            "back": f"{assumed['day_end'].value:02.0f}:00",
            "service_minutes": int(assumed["service_minutes"].value),
        }
    van = parameters["vehicles"][0]
    hours = {name: f"{van[name] // 60:02d}:{van[name] % 60:02d}" for name in ("leaves", "back")}
    return {
        **{name: f"{van[name]:g}" for name in ("number", "kg", "m3", "km_cost", "hour_cost")},
        **hours,
        "depot": parameters["depot"]["label"],
        "days": parameters["days"],
        "service_minutes": parameters["service_minutes"],
    }


def _page(
    request: PoleRequest, pk: int | None, *, form: RoundsForm | None, mistake: str = "", status: int = 200
) -> HttpResponse:
    run = chosen_study(request, pk=pk, methods=METHODS)
    told = read_rounds(viewer=request.viewer, run=run) if run else None
    intents = can_be_collected(pole=request.pole)
    before = {one["intent"]: one["every"] for one in (run.parameters["stops"] if run else [])}
    ticked = set(request.POST.getlist("arret")) if form else {str(key) for key in before}
    lines = [
        {
            "intent": one,
            "is_ticked": str(one.pk) in ticked,
            "every": request.POST.get(f"tous-{one.pk}", "") or before.get(one.pk, WEEKLY),
        }
        for one in intents
    ]
    context: dict[str, object] = {
        "room": "rounds",
        "run": run,
        "told": told,
        "days": day_pictures(told, towns_of(request.pole.territory)) if told else [],
        "form": form or RoundsForm(pole=request.pole, initial=_initial(run.parameters if run else {})),
        "mistake": mistake,
        "lines": lines,
        "earlier": earlier(request, methods=METHODS),
        "task": open_study(request, methods=METHODS),
        "rests_on": [assumptions()[code].sentence for code in ("road_factor", "mean_speed")],
    }
    return render(request, "matching/studies/rounds.html", context, status=status)
