"""Opening an agreement: a draft between parties, from a template."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.agreements.models import AgreementTerms
from maillage.domain.agreements.templates import template_named
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations import create_agreement


def open_agreement(
    *,
    pole: Pole,
    template: str,
    title: str,
    parties: Sequence[Organisation],
    need: Intent | None = None,
    offer: Intent | None = None,
    at: datetime,
    by: Account | None,
) -> Agreement:
    """Open a draft; who made the offer gives, else the first party."""
    kind = template_named(template)
    once = list(dict.fromkeys(parties))
    giver = next((one for one in once if offer is not None and one.pk == offer.author_id), None)
    with transaction.atomic():
        agreement = create_agreement(pole=pole, title=title, parties=once, need=need, offer=offer)
        AgreementTerms.objects.create(
            agreement=agreement,
            template=kind.code,
            giver=(giver or (once[0] if once else None)) if kind.has_roles else None,
            opened_at=at,
            opened_by=by,
        )
    return agreement
