"""Communes found while one types, as the combobox reads them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maillage.domain.places import queries

SHORTEST = 2
LONGEST = 80
MOST = 12


@require_safe
@cache_control(public=True, max_age=3600)
def search(request: HttpRequest) -> JsonResponse:
    """Answer ``?q=`` with communes by name, INSEE code or postcode, the likeliest first."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.search_municipalities(text=text, limit=MOST) if len(text) >= SHORTEST else []
    return JsonResponse({"results": [_choice(one) for one in found]})


def _choice(found: queries.MunicipalityFound) -> dict[str, str]:
    place = [found.department, found.body] if found.body else [found.department]
    near = ["orthographe proche"] if found.is_near_miss else []
    return {"value": found.code, "label": found.label, "detail": ", ".join([*place, *near])}
