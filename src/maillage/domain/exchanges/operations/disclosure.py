"""Both sides said yes: an intent shows its whole to one organisation."""

from datetime import datetime

from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges.models import Disclosure, Intent


def disclose(*, intent: Intent, to: Organisation, at: datetime) -> Disclosure:
    """Show the whole of an intent to those who speak for ``to``; said twice, or at once by two, it is said once."""
    made, _ = Disclosure.objects.get_or_create(
        intent=intent, organisation=to.merged_into or to, defaults={"at": at}
    )
    return made
