"""The promises, facts and files that the access table and the browser try."""

import io

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.ledger.models import EventFile
from maillage.domain.ledger.operations.attachments import keep_file
from tests.factories import NOW
from tests.factories.files import picture
from tests.factories.ledger import make_commitment, make_event_of


def make_ledger_rows(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Make a promise of ``own`` to ``other``, a fact that keeps a part of it, the photo that proves it."""
    promise = make_commitment(pole=pole, provider=own, receiver=other)
    event = make_event_of(promise)
    photo = keep_file(
        pole=pole, name="bac.jpg", content=io.BytesIO(picture()), by=None, at=NOW, purpose="evidence"
    )
    EventFile.objects.create(event=event, file=photo)
    return {"ledger": promise.pk, "ledger:file": photo.pk}
