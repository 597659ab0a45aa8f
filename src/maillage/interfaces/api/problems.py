"""Errors in French, as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from maillage.core.errors import Refused, UserMistake, UserMistakes

CONTENT_TYPE = "application/problem+json; charset=utf-8"
_TITLES = {
    400: "Demande illisible",
    401: "Clé absente ou inconnue",
    403: "Ce n’est pas permis",
    404: "Introuvable",
    413: "Envoi trop long",
    422: "À revoir",
    429: "Trop d’appels",
}
_DETAILS = {
    400: "Le corps de la demande n’est pas du JSON lisible.",
    401: "Donnez une clé valable : « Authorization: Bearer mll_… ». Une clé retirée n’ouvre plus rien.",
    404: "Cette adresse n’existe pas, ou cette clé ne l’ouvre pas.",
    413: "Le corps de la demande est trop long.",
}
_SENTENCES = {
    "missing": "Ce champ manque.",
    "extra_forbidden": "Ce champ n’existe pas ici.",
    "decimal_parsing": "Un nombre est attendu, par exemple 12.5.",
    "decimal_type": "Un nombre est attendu, par exemple 12.5.",
    "finite_number": "Un nombre est attendu, par exemple 12.5.",
    "int_parsing": "Un nombre entier est attendu.",
    "int_type": "Un nombre entier est attendu.",
    "int_from_float": "Un nombre entier est attendu.",
    "string_type": "Un texte est attendu.",
    "string_too_long": "Ce texte est trop long.",
    "string_too_short": "Ce texte est trop court.",
    "less_than_equal": "Ce nombre est trop grand.",
    "greater_than_equal": "Ce nombre est trop petit.",
}
_BY_BEGINNING = (
    ("date", "Une date est attendue, par exemple 2026-11-24."),
    ("literal", "Cette valeur n’est pas dans la liste."),
)
# What the room calls its fields, as the API names them.
FIELDS = {
    "quantity": "quantite",
    "unit": "unite",
    "happened_on": "le",
    "commitment": "engagement",
    "provider": "de",
    "receiver": "a",
    "resource_type": "type",
    "action": "geste",
    "evidence_kind": "preuve",
    "evidence": "reference",
    "note": "remarque",
    "key": "Idempotency-Key",
}


def problem(
    status: int,
    detail: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return an error: what it is, what to do, and the sentence of each field."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail or _DETAILS.get(status, ""),
    }
    if errors:
        content["errors"] = list(errors)
    answer = JsonResponse(content, status=status, content_type=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


class TooManyCalls(Exception):
    """A key called more often than it may in a minute."""


def tell_problems(api: NinjaAPI) -> None:
    """Give every error of the API its answer; ninja's types say « an error or its class », hence ``Any`` below."""
    api.add_exception_handler(AuthenticationError, lambda _request, _error: problem(401))
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, lambda _request, _error: problem(404))
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: problem(413))
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(TooManyCalls, _too_many)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(UserMistake, _mistake)
    api.add_exception_handler(UserMistakes, _mistakes)


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code)


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(403, error.message)


def _too_many(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(429, "Cette clé appelle trop souvent. Attendez une minute.", headers={"Retry-After": "60"})


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"champ": _field(one["loc"]), "message": _sentence(one["type"])} for one in error.errors]
    return problem(422, "Revoyez les champs nommés.", errors)


def _field(location: Sequence[str | int]) -> str:
    """Return the name of a field without the shell that ninja puts around it."""
    named = [str(part) for part in location[1:] if part not in {"fait", "demande"}]
    return ".".join(named) or str(location[-1])


def _sentence(kind: str) -> str:
    for beginning, sentence in _BY_BEGINNING:
        if kind.startswith(beginning):
            return sentence
    return _SENTENCES.get(kind, "Cette valeur ne convient pas.")


def _mistake(_request: HttpRequest, error: Any) -> HttpResponse:
    field = FIELDS.get(error.field or "", error.field or "")
    return problem(422, error.message, [{"champ": field, "message": error.message}] if field else ())


def _mistakes(_request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"champ": FIELDS.get(name, name), "message": sentence} for name, sentence in error.by_field.items()
    ]
    return problem(422, error.message, errors)
