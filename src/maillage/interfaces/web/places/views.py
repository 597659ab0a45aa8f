"""Communes found while one types, as the combobox reads them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maillage.domain.actors.queries import pole_by_slug
from maillage.domain.places import queries

SHORTEST = 2
LONGEST = 80
MOST = 12


@require_safe
@cache_control(public=True, max_age=3600)
def search(request: HttpRequest) -> JsonResponse:
    """Answer ``?q=`` with communes by name, INSEE code or postcode, the likeliest first.

    ``?pole=`` puts the communes of a pole's territory before the others.
    """
    text = request.GET.get("q", "").strip()[:LONGEST]
    if len(text) < SHORTEST:
        return JsonResponse({"results": []})
    pole = pole_by_slug(request.GET.get("pole", ""))
    found = queries.search_municipalities(
        text=text, limit=MOST, near_territory=pole.territory if pole is not None else None
    )
    return JsonResponse({"results": [_choice(one) for one in found]})


def _choice(found: queries.MunicipalityFound) -> dict[str, str]:
    place = [found.department, found.body] if found.body else [found.department]
    place += ["dans le territoire du pôle"] if found.in_territory else []
    near = ["orthographe proche"] if found.is_near_miss else []
    return {"value": found.code, "label": found.label, "detail": ", ".join([*place, *near])}
