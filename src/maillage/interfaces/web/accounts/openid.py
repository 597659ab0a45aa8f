"""OpenID Connect: what allauth leaves out, and ProConnect's particulars.

The library asks and receives; here each token is checked: its signature against the provider's keys, who wrote it,
for whom, the ``nonce`` of the visit, the level of proof (``acr``). The answer of ``userinfo`` may be a signed token
(ProConnect's always is), and speaks of the same person as the identity token.
"""

import secrets
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.interfaces.web.accounts.leaving import remember_provider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
_LEEWAY = 30


class IdentityRefused(OAuth2Error):  # type: ignore[misc]  # allauth has no types
    """The provider's answer does not hold; the message is for the person."""


class IdentityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Checks what the provider answers."""

    nonce: str | None = None

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Check the identity token, then what the provider says of the person, and that both speak of the same."""
        written = kwargs["response"].get("id_token")
        if not written:
            raise IdentityRefused("Le service d’identité n’a pas donné de preuve.")
        identity = self._identity(app, written)
        person = self._person(app, token.token)
        if not secrets.compare_digest(str(person.get("sub", "")), str(identity["sub"])):
            raise IdentityRefused("Le service d’identité a parlé de deux personnes différentes.")
        remember_provider(
            request,
            provider=app.provider_id,
            id_token=written,
            end_address=self.openid_config.get("end_session_endpoint", ""),
        )
        data = {"userinfo": person, "id_token": identity}
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, data)
        return login

    def _identity(self, app: Any, written: str) -> dict[str, Any]:
        claims = self._checked(written, app.client_id, ["exp", "iat", "sub"])
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise IdentityRefused("Cette réponse n’est pas celle de votre demande. Recommencez.")
        wanted = app.settings.get("acr_values", [])
        if wanted and claims.get("acr") not in wanted:
            raise IdentityRefused("Le service d’identité n’a pas vérifié votre identité assez fortement.")
        return claims

    def _person(self, app: Any, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        answer.raise_for_status()
        kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind == "application/jwt":
            return self._checked(answer.text, app.client_id, ["sub"])
        if app.settings.get("signed_userinfo"):
            raise IdentityRefused("Le service d’identité n’a pas signé ce qu’il dit de vous.")
        person: dict[str, Any] = answer.json()
        return person

    def _checked(self, written: str, client_id: str, required: list[str]) -> dict[str, Any]:
        """Return the claims of a token that the provider signed for us; only ever with a public key."""
        try:
            head = jwt.get_unverified_header(written.strip())
            claims: dict[str, Any] = jwt.decode(
                written.strip(),
                key=self._key(head.get("kid")),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=_LEEWAY,
                options={"require": ["iss", "aud", *required]},
            )
        except jwt.PyJWTError as error:
            raise IdentityRefused("La signature du service d’identité n’est pas bonne.") from error
        return claims

    def _key(self, kid: str | None) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        found = next((one for one in keys if one.key_id == kid), None) if kid else None
        if found is None and len(keys) == 1 and not kid:
            found = keys[0]
        if found is None:
            raise jwt.InvalidKeyError("unknown key")
        return found


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """Sends a fresh ``nonce`` with each visit; what the address asks for changes neither scope nor level of proof."""

    oauth2_adapter_class = IdentityAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Go to the provider, to come in only: accounts are joined to identities by us, never by an address."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = self.get_auth_params() | {"nonce": nonce}
        kwargs["scope"] = self.get_scope()
        answer: HttpResponse = super().redirect(
            request, AuthProcess.LOGIN, next_url, data, nonce=nonce, **kwargs
        )
        return answer

    def get_auth_params(self) -> dict[str, str]:
        """Ask for the level of proof of the settings."""
        asked: dict[str, str] = super().get_auth_params()
        wanted = self.app.settings.get("acr_values", [])
        return asked | ({"acr_values": " ".join(wanted)} if wanted else {})

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """ProConnect calls the family name ``usual_name``."""
        fields: dict[str, Any] = super().extract_common_fields(data)
        person = data.get("userinfo", {})
        return fields | {"last_name": fields.get("last_name") or person.get("usual_name") or ""}


def siret_of(person: dict[str, Any]) -> str:
    """Return the SIRET of the ``siret`` claim when it is one, else nothing."""
    try:
        return identifiers.siret(str(person.get("siret", "")))
    except UserMistake:
        return ""


class _CallbackView(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """Gives the adapter the nonce of the visit."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce")
        return state, answer


def _adapter(request: HttpRequest, provider_id: str) -> IdentityAdapter:
    """The adapter of a provider of the settings; nothing else exists."""
    adapter = IdentityAdapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404("Ce service d’identité n’est pas réglé ici.") from error
    return adapter


@never_cache
def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider; a page asks first when one comes by a plain address."""
    answer: HttpResponseBase = OAuth2LoginView.adapter_view(_adapter(request, provider_id))(request)
    return answer


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider."""
    try:
        answer: HttpResponseBase = _CallbackView.adapter_view(_adapter(request, provider_id))(request)
    except ImmediateHttpResponse as found:
        refused: HttpResponseBase = found.response
        return refused
    return answer
