"""The last yes is told to everybody who signed and to the team, once; before it, nothing is."""

import pytest

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models import AgreementText, ConsentInvitation
from maillage.domain.agreements.operations import (
    Signature,
    propose_amendment,
    send_to_sign,
    sign,
    sign_amendment,
    sign_by_link,
)
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message, Notification
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account
from tests.factories.agreements import DOORS, make_ready
from tests.factories.amendments import make_addition

pytestmark = pytest.mark.django_db


def yes(party: Organisation, text: AgreementText, account: Account | None = None) -> Signature:
    return Signature(
        organisation=party,
        digest=text.digest,
        signer="Léa Exemple",
        capacity="présidente",
        way=ConsentWay.ACCOUNT if account else ConsentWay.LINK,
        account=account,
    )


def parties(agreement: Agreement) -> list[Organisation]:
    return [party.organisation for party in agreement.parties.order_by("pk")]


def told() -> dict[str, str]:
    """Return the subjects of the letters that say a text is signed, by address."""
    return dict(Message.objects.filter(kind="answer").values_list("to", "subject"))


def sent() -> tuple[Agreement, AgreementText]:
    """Send a text to two structures that have an address, with a facilitator who runs the pole."""
    agreement = make_ready()
    for party, email in zip(parties(agreement), ("une@exemple.fr", "deux@exemple.fr"), strict=True):
        Organisation.objects.filter(pk=party.pk).update(email=email)
    send_to_sign(agreement=agreement, doors=DOORS, at=NOW, on=TODAY, by=None)
    return Agreement.objects.get(pk=agreement.pk), AgreementText.objects.get(agreement=agreement)


def test_sign__the_last_yes_writes_to_both_and_to_the_team() -> None:
    agreement, text = sent()
    team = make_account(Role.FACILITATOR, agreement.pole)
    one, two = parties(agreement)
    sign(agreement=agreement, signature=yes(one, text), at=NOW, on=TODAY, doors=DOORS)
    assert told() == {}
    sign(agreement=agreement, signature=yes(two, text), at=NOW, on=TODAY, doors=DOORS)
    subject = "« Prêter le fourgon » est signé"
    assert told() == dict.fromkeys(("une@exemple.fr", "deux@exemple.fr", team.email), subject)
    assert Notification.objects.get(account=team).text == f"{subject}."
    letter = Message.objects.get(to="une@exemple.fr", kind="answer").letter
    assert "La Donneuse et La Receveuse ont dit oui." in letter["paragraphs"][0]
    assert letter["buttons"][0][1] == "https://exemple.fr/p/ici/accords/1/"


def test_sign__who_gives_the_last_yes_with_an_account_is_not_written_to() -> None:
    agreement, text = sent()
    one, two = parties(agreement)
    account = make_account(Role.MEMBER, agreement.pole, two)
    sign(agreement=agreement, signature=yes(one, text), at=NOW, on=TODAY, doors=DOORS)
    sign(agreement=agreement, signature=yes(two, text, account), at=NOW, on=TODAY, doors=DOORS)
    assert list(told()) == ["une@exemple.fr"]
    assert not Notification.objects.filter(account=account, text__contains="est signé").exists()


def test_sign_by_link__the_last_yes_is_told_too() -> None:
    agreement, text = sent()
    for invitation in ConsentInvitation.objects.filter(agreement=agreement):
        sign_by_link(
            invitation=invitation,
            digest=text.digest,
            signer="Ana Exemple",
            capacity="gérante",
            at=NOW,
            on=TODAY,
            doors=DOORS,
        )
    assert sorted(told()) == ["deux@exemple.fr", "une@exemple.fr"]


def test_sign_amendment__the_last_yes_says_which_one() -> None:
    agreement, text = sent()
    for party in parties(agreement):
        sign(agreement=agreement, signature=yes(party, text), at=NOW, on=TODAY)
    assert told() == {}  # without doors, nobody is written to
    amendment = propose_amendment(
        amendment=make_addition(Agreement.objects.get(pk=agreement.pk)), at=NOW, by=None
    )
    asked = AgreementText.objects.get(amendment=amendment)
    for party in parties(agreement):
        sign_amendment(amendment=amendment, signature=yes(party, asked), at=NOW, on=TODAY, doors=DOORS)
    subject = "L’avenant n° 1 à « Prêter le fourgon » est signé"
    assert told() == dict.fromkeys(("une@exemple.fr", "deux@exemple.fr"), subject)
