"""How allauth opens accounts here: by invitation only, in our words, from our addresses."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from maillage.interfaces.web.accounts.letters import send_password_link, site_address, tell_security
from maillage.interfaces.web.door import now

_FORGOTTEN = "account/email/password_reset_key"
_STRANGER = "account/email/unknown_account"
_WAYS = {
    "reauthenticate": "Avec mon mot de passe",
    "mfa_reauthenticate": "Avec un code de mon application, ou un code de secours",
    "mfa_reauthenticate:webauthn": "Avec une clé d’accès",
}


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody opens an account alone: the pole's team creates it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse free sign-up."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """One is sent on only to a page of this site, whatever hosts and origins are trusted otherwise."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue our letter instead of the library's; an address that has no account receives nothing."""
        if template_prefix == _STRANGER:
            return
        if template_prefix == _FORGOTTEN:
            key = reverse("account_reset_password_from_key", args=[context["uid"], context["key"]])
            send_password_link(to=email, url=site_address(key), at=now())
            return
        tell_security(prefix=template_prefix, to=email, at=now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the account's own address; addresses are not kept apart here."""
        self.send_mail(template_prefix, email or user.get_username(), context or {})

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Say the ways to prove who one is in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one | {"description": _WAYS.get(one["id"], one["description"])} for one in ways]
