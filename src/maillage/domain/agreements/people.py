"""Who is told of an agreement on the site: the representatives of its parties."""

from datetime import date

from maillage.domain.actors.models import Account
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.recipients import speaking


def accounts_of_parties(*, agreement: Agreement, on: date) -> list[Account]:
    """Return the accounts of the representatives of the parties."""
    parties = agreement.parties.values("organisation")
    people = speaking(pole_id=agreement.pole_id, on=on).filter(organisation__in=parties).values("person")
    return list(Account.objects.filter(is_active=True, person__in=people).order_by("pk"))
