"""Who an identity opens the door to: an account that knows it, or a request for an access."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect, render

from maillage.domain.actors.models import Account
from maillage.domain.actors.operations import Identity
from maillage.domain.actors.queries import account_by_email, account_proven
from maillage.interfaces.web.accounts.identity import keep_identity
from maillage.interfaces.web.accounts.openid import IdentityRefused, siret_of

_NO_ANSWER = "Le service d’identité ne répond pas comme prévu. Recommencez, ou entrez autrement."
_CANCELLED = "Vous avez renoncé chez le service d’identité. Rien n’est ouvert."


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """An identity never opens an account by itself: the pole's team does."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse free sign-up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the identity to the account it belongs to; somebody unknown is led to ask for an access."""
        if sociallogin.is_existing:
            return
        person = sociallogin.account.extra_data.get("userinfo", {})
        account = self._account(sociallogin, person)
        if account is not None:
            sociallogin.connect(request, account)
            return
        keep_identity(
            request,
            identity=Identity(sociallogin.account.provider, sociallogin.account.uid, siret_of(person)),
            provider_name=sociallogin.provider.name,
            given=str(person.get("given_name", ""))[:100],
            family=str(person.get("family_name") or person.get("usual_name") or "")[:100],
            email=str(person.get("email", ""))[:254],
        )
        raise ImmediateHttpResponse(redirect("accounts:ask"))

    def _account(self, login: SocialLogin, person: dict[str, Any]) -> Account | None:
        """The account whose request this identity proved, else the one of its address when the provider checked it."""
        found = account_proven(provider=login.account.provider, subject=login.account.uid)
        if found is not None:
            return found
        is_checked = person.get("email_verified") is True or login.provider.app.settings.get("checks_email")
        return account_by_email(str(person.get("email", ""))) if is_checked and person.get("email") else None

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in a sentence why nobody came in."""
        reason = _CANCELLED if error == "cancelled" else _NO_ANSWER
        if isinstance(exception, IdentityRefused):
            reason = str(exception)
        context = {"reason": reason, "provider_name": provider.name}
        raise ImmediateHttpResponse(render(request, "accounts/identity_refused.html", context, status=403))
