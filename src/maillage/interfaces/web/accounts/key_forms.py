"""Forms of the keys that answer a sentence to whatever a browser, or somebody else, sends."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

_NONSENSE = (KeyError, TypeError, ValueError, AttributeError)


class _Guarded:
    """The library reads what it receives as if it came from a browser: what is no credential is a wrong one."""

    def clean_credential(self) -> Any:
        """Refuse nonsense as a wrong key."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # the form beside it
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginKeyForm(_Guarded, LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Comes in by a key alone."""


class AuthenticateKeyForm(_Guarded, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Gives a key as the second proof."""


class ReauthenticateKeyForm(_Guarded, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Proves again who one is."""


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Adds a key."""

    def clean(self) -> dict[str, Any]:
        """Refuse nonsense as a wrong key."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
