"""Running agreements and their amendments, for the tests."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models import Amendment
from maillage.domain.agreements.operations import (
    Signature,
    Writing,
    add_promise,
    change_promise,
    propose,
    propose_amendment,
    sign,
    sign_amendment,
)
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.operations.amended import terms_of_promise
from tests.factories import NOW, TODAY
from tests.factories.agreements import make_ready
from tests.factories.ledger import draft_commitment

WRITING = Writing(at=NOW, on=TODAY, by=None)


def make_signed(agreement: Agreement | None = None) -> Agreement:
    """Sign an agreement by every party: 12 t from the first to the second, unless one is given."""
    agreement = agreement or make_ready()
    text = propose(agreement=agreement, at=NOW, by=None)
    for party in agreement.parties.select_related("organisation"):
        sign(agreement=agreement, signature=_yes(party.organisation, text.digest), at=NOW, on=TODAY)
    return Agreement.objects.select_related("pole").get(pk=agreement.pk)


def _yes(organisation: Any, digest: str) -> Signature:
    return Signature(
        organisation=organisation,
        digest=digest,
        signer="Léa Exemple",
        capacity="présidente",
        way=ConsentWay.ACCOUNT,
    )


def make_change(commitment: Commitment, **fields: Any) -> Amendment:
    """Write in the amendment that a promise changes: 8 t instead of 12, unless said otherwise."""
    given = {"quantity": Decimal(8)} | fields
    return change_promise(
        commitment=commitment, terms=replace(terms_of_promise(commitment), **given), writing=WRITING
    )


def make_addition(agreement: Agreement, **fields: Any) -> Amendment:
    """Write in the amendment one more promise: 3 t from the first party to the second."""
    first, second = [party.organisation for party in agreement.parties.order_by("pk")[:2]]
    given = {"provider": first, "receiver": second, "quantity": Decimal(3)} | fields
    data = draft_commitment(pole=agreement.pole, agreement=agreement, **given)
    return add_promise(agreement=agreement, data=data, writing=WRITING)


def sign_by_all(amendment: Amendment) -> Amendment:
    """Send an amendment and sign it by every party."""
    return sign_for_all(propose_amendment(amendment=amendment, at=NOW, by=None))


def sign_for_all(amendment: Amendment) -> Amendment:
    """Sign by every party an amendment that was sent."""
    text = amendment.texts.first()
    assert text is not None
    for party in amendment.agreement.parties.select_related("organisation"):
        sign_amendment(amendment=amendment, signature=_yes(party.organisation, text.digest), at=NOW, on=TODAY)
    return Amendment.objects.select_related("agreement").get(pk=amendment.pk)
