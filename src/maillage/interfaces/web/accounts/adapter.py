"""How allauth opens accounts here: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody opens an account alone: the pole's team creates it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse free sign-up."""
        return False
