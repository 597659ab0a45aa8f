"""Says that two needs, or two offers, that look alike are not the same, and takes it back."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.exchanges.models import Intent, TwinDismissal


@transaction.atomic
def dismiss_twins(*, first: Intent, second: Intent, by: Account | None, at: datetime) -> TwinDismissal:
    """Remember that two look-alikes are different, whatever their order; said twice, the first saying is kept."""
    if first.pk == second.pk:
        raise UserMistake("Il en faut deux différents.")
    if first.pole_id != second.pole_id or first.kind != second.kind:
        raise UserMistake("On compare deux besoins, ou deux offres, du même pôle.")
    lower, upper = sorted((first.pk, second.pk))
    kept, _ = TwinDismissal.objects.get_or_create(
        first_id=lower, second_id=upper, defaults={"at": at, "by": by}
    )
    return kept


def propose_twins_again(*, dismissal: TwinDismissal) -> None:
    """Take « ce ne sont pas les mêmes » back: the two may be proposed together again; the history stays."""
    dismissal.delete()
