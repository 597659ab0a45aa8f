"""Which structure of the pole writes, by the e-mail address: a guess, that the facilitator confirms."""

from maillage.domain.actors.models import Mandate, Organisation, Pole
from maillage.domain.actors.queries.scope import directory_scope

PUBLIC_PROVIDERS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr yahoo.com yahoo.fr
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr icloud.com me.com proton.me protonmail.com gmx.fr gmx.com
    numericable.fr neuf.fr aliceadsl.fr mailo.com
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


def organisation_of_sender(*, pole: Pole, email: str) -> Organisation | None:
    """Return the structure of the directory that uses this address, or alone uses its domain; None when unsure."""
    address = email.strip().lower()
    if "@" not in address:
        return None
    known = directory_scope(pole)
    exact = list(known.filter(email__iexact=address)[:2])
    if len(exact) == 1:
        return exact[0]
    speaks = Mandate.objects.filter(pole=pole, person__email__iexact=address, organisation__isnull=False)
    spoken = set(speaks.values_list("organisation", flat=True))
    if len(spoken) == 1:
        return known.filter(pk=spoken.pop()).first()
    domain = address.rpartition("@")[2]
    if domain in PUBLIC_PROVIDERS:
        return None
    same = list(known.filter(email__iendswith=f"@{domain}")[:2])
    return same[0] if len(same) == 1 else None
