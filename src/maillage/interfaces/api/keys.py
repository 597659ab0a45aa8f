"""Who calls: the key of the header, what it permits, in which pole."""

from typing import cast

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.ledger.enums import ApiScope
from maillage.domain.ledger.models import ApiToken
from maillage.domain.ledger.operations.tokens import use_token
from maillage.domain.ledger.queries.tokens import viewer_of_token
from maillage.interfaces.api.problems import TooManyCalls
from maillage.interfaces.web.door import now, today


class CalledRequest(HttpRequest):
    """A request of the API: ninja puts there what ``authenticate`` returned."""

    auth: ApiToken


class KeyAuth(HttpBearer):
    """« Authorization: Bearer mll_… »."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the key, or None; raise ``TooManyCalls`` when it is called too often."""
        found, is_too_much = use_token(secret=token, at=now())
        if is_too_much:
            raise TooManyCalls
        return found


def entered(request: HttpRequest, slug: str, scope: ApiScope) -> tuple[Pole, Viewer]:
    """Return the pole and who looks; 404 for a pole that the key does not open, refusal for what it does not permit."""
    token = cast(CalledRequest, request).auth
    if token.pole.slug != slug:
        raise Http404
    if scope not in token.scopes:
        raise Refused(f"Cette clé ne permet pas de {ApiScope(scope).label.lower()}. Faites-en une autre.")
    return token.pole, viewer_of_token(token, on=today())


def key_of(request: HttpRequest) -> ApiToken:
    """Return the key that calls."""
    return cast(CalledRequest, request).auth
