"""Annexes of a draft: joined, taken out. What was joined to a signed text stays."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.agreements.document import clean
from maillage.domain.agreements.models import Annex
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.operations.attachments import keep_file

TITLE_LENGTH = 200


def join_annex(
    *, agreement: Agreement, title: str, name: str, content: BinaryIO, at: datetime, by: Account | None
) -> Annex:
    """Join a file to a draft; raise ``UserMistake`` when the file is refused."""
    words = " ".join(clean(title).split()) or name
    with transaction.atomic():
        kept = _draft(agreement)
        file = keep_file(pole=kept.pole, name=name, content=content, by=by, at=at, purpose="annex")
        return Annex.objects.create(
            agreement=kept, title=words[:TITLE_LENGTH], file=file, added_at=at, added_by=by
        )


def take_annex_out(*, annex: Annex) -> None:
    """Take an annex out of a draft; its file is kept with the pole's."""
    with transaction.atomic():
        _draft(annex.agreement)
        annex.delete()


def _draft(agreement: Agreement) -> Agreement:
    kept = Agreement.objects.select_for_update().select_related("pole").get(pk=agreement.pk)
    if kept.state != AgreementState.DRAFT:
        raise UserMistake(stands_sentence(kept.state))
    return kept
