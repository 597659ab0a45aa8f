"""Says that two sheets are two different organisations, and takes it back."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, DuplicateDismissal, Organisation


@transaction.atomic
def dismiss_duplicate(
    *, first: Organisation, second: Organisation, at: datetime, by: Account | None
) -> DuplicateDismissal:
    """Record that two look-alikes are different, whatever their order; saying it twice keeps the first record."""
    if first.pk == second.pk:
        raise UserMistake("Il faut deux fiches différentes.")
    lower, upper = sorted((first.pk, second.pk))
    record, _ = DuplicateDismissal.objects.get_or_create(
        first_id=lower, second_id=upper, defaults={"at": at, "by": by}
    )
    return record


def review_again(*, dismissal: DuplicateDismissal) -> None:
    """Take « ce ne sont pas les mêmes » back: the two sheets may be proposed together again; the history stays."""
    dismissal.delete()
