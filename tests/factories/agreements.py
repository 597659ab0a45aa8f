"""Agreements made from a template, for the tests."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.agreements.enums import RefusalWay
from maillage.domain.agreements.models import AgreementText
from maillage.domain.agreements.operations import (
    Declining,
    Doors,
    TermsDraft,
    add_line,
    open_agreement,
    update_terms,
)
from maillage.domain.ledger.models import Agreement, Commitment
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.ledger import draft_commitment

DOORS = Doors(reading="https://exemple.fr/lire/", sheet="/p/ici/accords/1/", site="https://exemple.fr")
STAFF_LOAN = {
    "employee": "Camille Exemple",
    "qualification": "menuisière, coefficient 210",
    "task": "Monter les stands du marché",
    "hours": "de 8 h à 12 h",
    "workplace": "Halle d’Essai",
    "post_features": "Port de charges",
    "wages": "1 200",
    "charges": "500,50",
    "expenses": "40",
    "billed": "1 740,50",
    "how_counted": "Au prorata des heures faites",
}


def make_open(
    template: str = "echange-simple",
    *parties: Organisation,
    pole: Pole | None = None,
    title: str = "Prêter le fourgon",
    **fields: Any,
) -> Agreement:
    """Open a draft between parties (two new ones when none are given)."""
    parties = parties or (make_organisation("La Donneuse"), make_organisation("La Receveuse"))
    return open_agreement(
        pole=pole or make_pole(), template=template, title=title, parties=parties, at=NOW, by=None, **fields
    )


def fill(agreement: Agreement, values: dict[str, str], **fields: Any) -> Agreement:
    """Write the terms, for a year from today unless said otherwise."""
    given: dict[str, Any] = {
        "title": agreement.title,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=365),
        "conditions": "",
    } | fields
    return update_terms(agreement=agreement, data=TermsDraft(values=values, **given))


def promise(agreement: Agreement, **fields: Any) -> Commitment:
    """Add a promise from the first party to the second: 12 t to transfer."""
    first, second = [party.organisation for party in agreement.parties.order_by("pk")[:2]]
    given = {"provider": first, "receiver": second, "quantity": Decimal(12), "unit": "t"} | fields
    return add_line(
        agreement=agreement, data=draft_commitment(pole=agreement.pole, agreement=agreement, **given)
    )


def no_of(organisation: Organisation, text: AgreementText, **fields: Any) -> Declining:
    """Say no to a text: the price, in words."""
    given = {
        "digest": text.digest,
        "reason": "price",
        "words": "Cent euros au plus",
        "said_by": "Ana Exemple",
        "way": RefusalWay.ACCOUNT,
    } | fields
    return Declining(organisation=organisation, **given)


def make_ready(*parties: Organisation, **fields: Any) -> Agreement:
    """Open a simple exchange with everything that is needed to sign it."""
    agreement = make_open("echange-simple", *parties, **fields)
    fill(agreement, {"purpose": "Chacun y gagne"})
    promise(agreement)
    return Agreement.objects.get(pk=agreement.pk)
