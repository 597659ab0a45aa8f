"""What the fields complete while one types: structures, types and communes, as the combobox reads them."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from maillage.domain.catalogue.queries import search_types
from maillage.domain.exchanges.queries import choices
from maillage.domain.places.queries import search_municipalities
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.exchanges.who import place_of

SHORTEST, LONGEST, MOST = 2, 80, 8
Answer = dict[str, str]


def _asked(request: PoleRequest) -> str:
    text = request.GET.get("q", "").strip()[:LONGEST]
    return text if len(text) >= SHORTEST else ""


def _answer(found: list[Answer]) -> JsonResponse:
    return JsonResponse({"results": found}, headers={"Cache-Control": "private, max-age=60"})


@require_safe
@in_pole
def organisations(request: PoleRequest) -> JsonResponse:
    """The structures of the directory, which is public."""
    found = choices.known_organisations(pole=request.pole, text=_asked(request), limit=MOST)
    return _answer([{"value": str(row.pk), "label": row.name, "detail": place_of(row)} for row in found])


@require_safe
@in_pole
def authors(request: PoleRequest) -> JsonResponse:
    """The structures whose needs or offers one sees."""
    text = _asked(request)
    found = (
        choices.authors_seen(viewer=request.viewer, pole=request.pole, text=text, limit=MOST) if text else []
    )
    return _answer([{"value": pk, "label": name, "detail": ""} for pk, name in found])


@require_safe
@in_pole
def types(request: PoleRequest) -> JsonResponse:
    """The types of the catalogue, by the words people say."""
    found = search_types(text=_asked(request), limit=MOST)
    return _answer(
        [
            {
                "value": one.code,
                "label": one.label,
                "detail": one.matched or one.parent_label or one.kind_label,
            }
            for one in found
        ]
    )


@require_safe
@in_pole
def municipalities(request: PoleRequest) -> JsonResponse:
    """The communes, those of the pole's territory first."""
    text = _asked(request)
    found = (
        search_municipalities(text=text, limit=MOST, near_territory=request.pole.territory) if text else []
    )
    return _answer(
        [
            {
                "value": one.code,
                "label": one.label,
                "detail": ", ".join(
                    part
                    for part in (
                        one.department,
                        "dans votre territoire" if one.in_territory else one.body,
                        "orthographe proche" if one.is_near_miss else "",
                    )
                    if part
                ),
            }
            for one in found
        ]
    )
