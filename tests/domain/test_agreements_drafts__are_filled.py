"""A draft is opened from a template, filled, and says all that is missing at once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements.drafting import draft_text, drafting_of
from maillage.domain.agreements.faults import missing_of
from maillage.domain.agreements.models import AgreementTerms
from maillage.domain.agreements.operations import add_line, put_line_back, take_line_out
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.models import Agreement, Commitment, Resource
from tests.factories.actors import make_organisation, make_pole
from tests.factories.agreements import STAFF_LOAN, fill, make_open, make_ready, promise
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_offer
from tests.factories.ledger import draft_commitment

pytestmark = pytest.mark.django_db


def pay(agreement: Agreement, quantity: int) -> Commitment:
    money = ResourceType.objects.filter(kind="money").first() or make_resource_type(
        kind="money", dimension="money", unit="eur"
    )
    second, first = [party.organisation for party in agreement.parties.order_by("-pk")[:2]]
    return promise(
        agreement,
        action="pay",
        provider=second,
        receiver=first,
        quantity=Decimal(quantity),
        unit="€",
        resource_type=money,
    )


def test_open__who_made_the_offer_gives() -> None:
    pole, one, two = make_pole(), make_organisation(), make_organisation()
    offer = make_offer(pole=pole, author=two)
    agreement = make_open("pret-a-usage", one, two, pole=pole, offer=offer)
    assert AgreementTerms.objects.get(agreement=agreement).giver == two


def test_open__an_unknown_template_is_refused() -> None:
    with pytest.raises(UserMistake, match="n’existe pas"):
        make_open("troc")


def test_missing__is_said_all_at_once() -> None:
    said = [one.sentence for one in missing_of(drafting_of(make_open("pret-a-usage")))]
    assert "Remplissez « Ce qui est prêté »." in said
    assert "Donnez la date de fin." in said
    assert any("au moins un engagement" in sentence for sentence in said)


def test_missing__nothing_when_ready() -> None:
    assert missing_of(drafting_of(make_ready())) == ()


def test_staff_loan__above_cost_is_refused_with_the_law() -> None:
    agreement = make_open("pret-de-personnel")
    with pytest.raises(UserMistake, match="L8241-1") as refused:
        fill(agreement, STAFF_LOAN | {"billed": "1 740,51"})
    assert refused.value.field == "billed"
    fill(agreement, STAFF_LOAN)


def test_staff_loan__the_database_refuses_a_price_above_cost() -> None:
    agreement = make_open("pret-de-personnel")
    fill(agreement, STAFF_LOAN)
    with pytest.raises(IntegrityError, match="terms_price_under_ceiling"), transaction.atomic():
        AgreementTerms.objects.filter(agreement=agreement).update(price=Decimal("1740.51"))


def test_staff_loan__payments_promised_stay_under_the_cost() -> None:
    agreement = make_open("pret-de-personnel")
    fill(agreement, STAFF_LOAN)
    pay(agreement, 1700)
    with pytest.raises(UserMistake, match=r"feraient 1\s741\s€, le coût 1\s740,5\s€"):
        pay(agreement, 41)


def test_free_loan__asks_no_money() -> None:
    with pytest.raises(UserMistake, match="article 1876"):
        pay(make_open("pret-a-usage"), 10)


def test_values__what_cannot_be_read_is_said_by_field() -> None:
    with pytest.raises(UserMistakes) as refused:
        fill(make_open("pret-de-personnel"), {"wages": "beaucoup", "consulted_on": "hier"})
    assert set(refused.value.by_field) == {"wages", "consulted_on"}


def test_line__taken_out_leaves_the_text_and_can_come_back() -> None:
    agreement = make_ready()
    line = agreement.commitments.get()
    take_line_out(commitment=line)
    assert "Aucune promesse chiffrée" in draft_text(drafting_of(agreement)).body
    put_line_back(commitment=line)
    assert "12\u00a0t" in draft_text(drafting_of(agreement)).body


def test_text__says_when_nothing_is_asked_in_return() -> None:
    agreement = make_ready(make_organisation("Une"), make_organisation("Deux"))
    assert "Rien n’est demandé en retour à Deux." in draft_text(drafting_of(agreement)).body


def test_text__what_was_typed_is_never_a_place() -> None:
    agreement = make_open()
    fill(agreement, {"purpose": "Voir {parties} et {contact}"})
    assert "Voir {parties} et {contact}" in draft_text(drafting_of(agreement)).body


def test_text__the_digest_moves_with_one_letter() -> None:
    agreement = make_ready()
    before = draft_text(drafting_of(agreement)).digest
    fill(agreement, {"purpose": "Chacun y gagnera"})
    assert draft_text(drafting_of(agreement)).digest != before


def name_a_thing(agreement: Agreement, thing: str = "Fourgon blanc", **fields: object) -> Commitment:
    first, second = [party.organisation for party in agreement.parties.order_by("pk")[:2]]
    known = ResourceType.objects.filter(dimension="use_time").first()
    van = known or make_resource_type(dimension="use_time", unit="j_usage")
    given = {"action": "use", "quantity": Decimal(1), "unit": "j_usage", "resource_type": van} | fields
    data = draft_commitment(
        pole=agreement.pole, agreement=agreement, provider=first, receiver=second, **given
    )
    return add_line(agreement=agreement, data=data, thing=thing)


def test_promise__names_a_thing_that_can_then_be_booked() -> None:
    made = name_a_thing(make_open("pret-a-usage"))
    assert made.resource is not None
    assert (made.resource.name, made.resource.bookable) == ("Fourgon blanc", True)
    assert made.resource.owner == made.provider


def test_promise__a_name_already_known_is_the_same_thing() -> None:
    agreement = make_open("pret-a-usage")
    first = name_a_thing(agreement)
    again = name_a_thing(agreement, "fourgon BLANC", resource_type=first.resource_type)
    assert again.resource == first.resource


def test_promise__a_thing_without_its_kind_is_refused() -> None:
    agreement = make_open("pret-a-usage")
    first, second = [party.organisation for party in agreement.parties.order_by("pk")[:2]]
    data = draft_commitment(pole=agreement.pole, agreement=agreement, provider=first, receiver=second)
    with pytest.raises(UserMistake, match="quel genre de chose"):
        add_line(agreement=agreement, data=replace(data, resource_type=None), thing="Fourgon blanc")
    assert not Resource.objects.exists()
