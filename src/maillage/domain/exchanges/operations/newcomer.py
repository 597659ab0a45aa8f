"""Note a need or an offer of a structure that has no sheet yet: both are written, or neither."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from maillage.domain.actors.models import Account
from maillage.domain.actors.operations.organisations import OrganisationFields, create_organisation
from maillage.domain.actors.operations.sites import SiteFields
from maillage.domain.exchanges.drafts import IntentDraft
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations.note import note_intent


def note_with_newcomer(
    *,
    data: IntentDraft,
    newcomer: OrganisationFields,
    distinct_from: Collection[int] = (),
    by: Account | None,
    on: date,
    at: datetime,
) -> Intent:
    """Create the structure, with its seat where the intent is, then keep the intent in its name.

    ``data.author`` is replaced. Raises ``DuplicateSuspected`` unless every look-alike is in ``distinct_from``.
    """
    with transaction.atomic():
        author = create_organisation(
            fields=newcomer,
            site=SiteFields(municipality=data.municipality) if data.municipality else None,
            pole=data.pole,
            distinct_from=distinct_from,
            at=at,
            by=by,
        )
        return note_intent(data=replace(data, author=author), by=by, on=on, at=at)
