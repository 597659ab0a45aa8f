"""The identity somebody proved at a provider and that no account knows yet: kept in the session until they ask."""

from dataclasses import dataclass

from django.http import HttpRequest

from maillage.domain.actors.operations import Identity
from maillage.domain.actors.queries import organisation_of_siret

_KEY = "proven_identity"


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """What the provider said, ready for the form of a request."""

    identity: Identity
    provider_name: str
    initial: dict[str, str]
    organisation: str


def keep_identity(
    request: HttpRequest, *, identity: Identity, provider_name: str, given: str, family: str, email: str
) -> None:
    """Keep what was proven until the request is written."""
    request.session[_KEY] = {
        "provider": identity.provider,
        "subject": identity.subject,
        "siret": identity.siret,
        "provider_name": provider_name,
        "given_name": given,
        "family_name": family,
        "email": email,
    }


def identity_shown(request: HttpRequest) -> IdentityShown | None:
    """Return what was proven in this session, with the organisation of its SIRET."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    found = organisation_of_siret(kept["siret"]) if kept["siret"] else None
    return IdentityShown(
        Identity(kept["provider"], kept["subject"], kept["siret"]),
        kept["provider_name"],
        {name: kept[name] for name in ("given_name", "family_name", "email")}
        | {"organisation": str(found.pk) if found else ""},
        found.name if found else "",
    )


def forget_identity(request: HttpRequest) -> None:
    """The request is written: nothing more to keep."""
    request.session.pop(_KEY, None)
