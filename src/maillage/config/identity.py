"""The identity providers of an instance, read from the environment: any OpenID Connect one, and ProConnect."""

from typing import Any
from urllib.parse import urlsplit

from maillage.config import environment as env
from maillage.core.errors import UserMistake

_PROCONNECT_SCOPE = ["openid", "given_name", "usual_name", "email", "siret", "uid"]


def providers() -> list[dict[str, Any]]:
    """Return the providers as allauth wants them; none when nothing is set."""
    found = []
    generic = _read(
        ("MAILLAGE_OIDC_ADDRESS", "MAILLAGE_OIDC_CLIENT", "MAILLAGE_OIDC_SECRET"),
        "oidc",
        env.text("MAILLAGE_OIDC_NAME", "Mon organisation"),
    )
    if generic is not None:
        generic["settings"] |= {"checks_email": False}
        found.append(generic)
    proconnect = _read(
        ("MAILLAGE_PROCONNECT_ADDRESS", "MAILLAGE_PROCONNECT_CLIENT", "MAILLAGE_PROCONNECT_SECRET"),
        "proconnect",
        "ProConnect",
    )
    if proconnect is not None:
        proconnect["settings"] |= {
            "scope": _PROCONNECT_SCOPE,
            "acr_values": env.words("MAILLAGE_PROCONNECT_ACR", "eidas1"),
            "signed_userinfo": True,
            "checks_email": True,
        }
        found.append(proconnect)
    return found


def origins(found: list[dict[str, Any]]) -> list[str]:
    """Return where the providers are, for the content policy: a form that leads there must be let go."""
    parts = [urlsplit(one["settings"]["server_url"]) for one in found]
    return sorted({f"{one.scheme}://{one.netloc}" for one in parts})


def _read(variables: tuple[str, str, str], provider_id: str, name: str) -> dict[str, Any] | None:
    address, client, secret = (env.text(one) for one in variables)
    if not (address or client or secret):
        return None
    if not (address and client and secret):
        raise UserMistake(f"{', '.join(variables)} vont ensemble : il en manque.")
    if not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise UserMistake(f"{variables[0]} doit commencer par https://.")
    return {
        "provider_id": provider_id,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": address, "oauth_pkce_enabled": True},
    }
