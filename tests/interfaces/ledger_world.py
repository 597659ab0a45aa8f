"""The promises, facts, labels, keys and files that the access table and the browser try."""

import io
from decimal import Decimal

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.ledger.drafts import Proof
from maillage.domain.ledger.operations.labels import label_token, make_label, record_by_label
from maillage.domain.ledger.operations.recording import join_proof
from maillage.domain.ledger.operations.tokens import make_token
from tests.factories import NOW, TODAY
from tests.factories.files import picture
from tests.factories.ledger import make_commitment, make_event_of


def make_ledger_rows(
    pole: Pole, own: Organisation, other: Organisation
) -> tuple[dict[str, int], dict[str, str]]:
    """Make a promise of ``own`` to ``other``, a fact with its photo, a label and what it recorded, a key.

    Returns the numbers and the tokens that the addresses want.
    """
    promise = make_commitment(pole=pole, provider=own, receiver=other)
    event = make_event_of(promise)
    photo = join_proof(event=event, proof=Proof("bac.jpg", io.BytesIO(picture())), by=None, at=NOW)
    label = make_label(commitment=promise, name="Bac n° 3", by=None, at=NOW, usual=Decimal(1))
    told, _ = record_by_label(
        label=label,
        told_by="Awa",
        quantity=Decimal(1),
        unit="t",
        happened_on=TODAY,
        key="a",
        on=TODAY,
        at=NOW,
    )
    key, _ = make_token(pole=pole, organisation=own, name="Balance", scopes=["read"], by=None, at=NOW)
    numbers = {
        "ledger": promise.pk,
        "ledger:file": photo.pk,
        "ledger:correct": event.pk,
        "ledger:check": told.pk,
        "ledger:label_revoke": label.pk,
        "ledger:token_revoke": key.pk,
    }
    return numbers, {"ledger:scan": label_token(label)}
