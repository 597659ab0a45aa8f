"""Secrets of the second proof (application keys, recovery codes) are sealed before they reach the database."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


def _seal() -> Fernet:
    digest = sha256(b"maillage.second-proof:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(digest))


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals with a key drawn from the instance's own: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return _seal().decrypt(encrypted_text.encode()).decode()
