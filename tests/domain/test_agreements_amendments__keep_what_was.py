"""An amendment says before and after, moves nothing until the last yes, and leaves the earlier text readable."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.agreements.models import AgreementTerms, AgreementText, Amendment
from maillage.domain.agreements.operations import (
    AmendmentDraft,
    cancel_amendment,
    open_amendment,
    propose,
    propose_amendment,
    sign,
    sign_amendment,
    update_amendment,
)
from maillage.domain.agreements.operations.amending import amendment_text
from maillage.domain.ledger.models import Agreement
from tests.domain.test_agreements_signing__needs_every_yes import yes
from tests.factories import NOW, TODAY
from tests.factories.agreements import STAFF_LOAN, fill, make_open, make_ready, promise

pytestmark = pytest.mark.django_db
LATER = date(2028, 6, 30)


def running(agreement: Agreement | None = None) -> Agreement:
    agreement = agreement or make_ready()
    text = propose(agreement=agreement, at=NOW, by=None)
    for party in agreement.parties.select_related("organisation"):
        sign(agreement=agreement, signature=yes(party.organisation, text.digest), at=NOW, on=TODAY)
    return Agreement.objects.get(pk=agreement.pk)


def change(**fields: object) -> AmendmentDraft:
    given = {
        "reason": "Tout va bien",
        "starts_on": TODAY,
        "ends_on": LATER,
        "conditions": "",
        "values": {"purpose": "Chacun y gagne"},
    } | fields
    return AmendmentDraft(**given)  # type: ignore[arg-type]  # words of a test


def test_amendment__moves_nothing_until_the_last_yes() -> None:
    agreement = running()
    amendment = open_amendment(agreement=agreement, data=change(), at=NOW, by=None)
    propose_amendment(amendment=amendment, at=NOW, by=None)
    text = AgreementText.objects.get(amendment=amendment)
    one, two = [party.organisation for party in agreement.parties.order_by("pk")]
    sign_amendment(amendment=amendment, signature=yes(one, text.digest), at=NOW, on=TODAY)
    agreement.refresh_from_db()
    assert agreement.ends_on != LATER
    sign_amendment(amendment=amendment, signature=yes(two, text.digest), at=NOW, on=TODAY)
    agreement.refresh_from_db()
    assert agreement.ends_on == LATER
    assert Amendment.objects.get().state == "in_force"


def test_amendment__leaves_the_earlier_text_readable() -> None:
    agreement = running()
    before = AgreementText.objects.get(agreement=agreement)
    amendment = open_amendment(agreement=agreement, data=change(), at=NOW, by=None)
    propose_amendment(amendment=amendment, at=NOW, by=None)
    digest = AgreementText.objects.get(amendment=amendment).digest
    for party in agreement.parties.select_related("organisation"):
        sign_amendment(amendment=amendment, signature=yes(party.organisation, digest), at=NOW, on=TODAY)
    texts = AgreementText.objects.filter(agreement=agreement, amendment=None)
    assert [text.number for text in texts] == [2, 1]
    assert AgreementText.objects.get(pk=before.pk).body == before.body
    assert "30 juin 2028" in texts[0].body


def test_amendment__says_before_and_after() -> None:
    amendment = open_amendment(
        agreement=running(), data=change(conditions="Sur rendez-vous"), at=NOW, by=None
    )
    body = amendment_text(amendment).body
    assert "Conditions particulières | aucune | Sur rendez-vous" in body
    assert "Avenant n° 1" in body


def test_amendment__of_nothing_is_refused() -> None:
    agreement = running()
    with pytest.raises(UserMistake, match="Rien ne change"):
        open_amendment(agreement=agreement, data=change(ends_on=agreement.ends_on), at=NOW, by=None)


def test_amendment__one_at_a_time_and_numbered() -> None:
    agreement = running()
    first = open_amendment(agreement=agreement, data=change(), at=NOW, by=None)
    with pytest.raises(UserMistake, match="déjà en préparation"):
        open_amendment(agreement=agreement, data=change(), at=NOW, by=None)
    cancel_amendment(amendment=first)
    assert open_amendment(agreement=agreement, data=change(), at=NOW, by=None).number == 2
    with pytest.raises(UserMistake, match="abandonné"):
        update_amendment(amendment=first, data=change())


def test_amendment__of_a_draft_is_refused() -> None:
    with pytest.raises(UserMistake, match="encore un brouillon"):
        open_amendment(agreement=make_ready(), data=change(), at=NOW, by=None)


def test_amendment__of_a_staff_loan_stays_at_cost() -> None:
    agreement = make_open("pret-de-personnel")
    fill(agreement, STAFF_LOAN)
    promise(agreement, action="work", quantity=Decimal(40), unit="h")
    running(agreement)
    with pytest.raises(UserMistake, match="L8241-1"):
        open_amendment(
            agreement=agreement, data=change(values=STAFF_LOAN | {"billed": "2 000"}), at=NOW, by=None
        )
    assert AgreementTerms.objects.get(agreement=agreement).price == Decimal("1740.50")


def test_database__puts_no_amendment_in_force_without_every_yes() -> None:
    amendment = open_amendment(agreement=running(), data=change(), at=NOW, by=None)
    propose_amendment(amendment=amendment, at=NOW, by=None)
    with pytest.raises(IntegrityError, match="every party said yes"), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(state="in_force")
