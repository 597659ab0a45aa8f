"""« Toujours d’actualité ? »: one letter, one answer, nothing lost."""

from datetime import timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.days.models import ConfirmationRequest
from maillage.domain.days.operations import answer_confirmation, ask_confirmation, lines_to_confirm
from maillage.domain.days.queries import stale_structures
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.models import Message
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db
LONG_AGO = TODAY - timedelta(days=300)


@pytest.fixture
def pole() -> Pole:
    return make_pole()


@pytest.fixture
def canteen() -> Organisation:
    return make_organisation("Cantine", email="cantine@example.org")


def stale(pole: Pole, author: Organisation) -> tuple[Intent, Intent]:
    return (
        make_need(pole=pole, author=author, title="Un fourgon", said_on=LONG_AGO, confirmed_on=LONG_AGO),
        make_offer(pole=pole, author=author, title="Une salle", said_on=LONG_AGO, confirmed_on=LONG_AGO),
    )


def ask(pole: Pole, *organisations: Organisation) -> tuple[int, tuple[str, ...]]:
    asked = ask_confirmation(
        pole=pole, organisations=organisations, by=None, on=TODAY, at=NOW, address=lambda one: f"/x/{one.pk}"
    )
    return asked.letters, asked.without_address


def test_stale__names_the_structures_to_ask(pole: Pole, canteen: Organisation) -> None:
    stale(pole, canteen)
    make_need(pole=pole, author=make_organisation(), said_on=TODAY, confirmed_on=TODAY)
    assert [(one.name, one.count) for one in stale_structures(pole=pole, on=TODAY)] == [("Cantine", 2)]


def test_asking_twice_the_same_day__writes_one_letter(pole: Pole, canteen: Organisation) -> None:
    stale(pole, canteen)
    assert [ask(pole, canteen), ask(pole, canteen)] == [(1, ()), (0, ())]
    assert Message.objects.count() == 1


def test_asking_somebody_without_address__says_so(pole: Pole) -> None:
    silent = make_organisation("Sans adresse")
    stale(pole, silent)
    assert ask(pole, silent) == (0, ("Sans adresse",))


def test_answer__confirms_what_is_ticked_and_withdraws_the_rest(pole: Pole, canteen: Organisation) -> None:
    need, offer = stale(pole, canteen)
    ask(pole, canteen)
    request = ConfirmationRequest.objects.get()
    said = answer_confirmation(request=request, kept={need.pk}, on=TODAY, at=NOW)
    assert (said.confirmed, said.withdrawn, said.promised) == (1, 1, ())
    need.refresh_from_db()
    offer.refresh_from_db()
    assert (need.confirmed_on, offer.state) == (TODAY, "withdrawn")


def test_answer__leaves_an_offer_that_is_promised_and_names_it(pole: Pole, canteen: Organisation) -> None:
    _, offer = stale(pole, canteen)
    make_synergy(make_need(pole=pole), offer, state="talks")
    ask(pole, canteen)
    said = answer_confirmation(request=ConfirmationRequest.objects.get(), kept=set(), on=TODAY, at=NOW)
    assert (said.withdrawn, said.promised) == (1, (offer.title,))
    offer.refresh_from_db()
    assert offer.state == "open"


def test_answer__serves_once(pole: Pole, canteen: Organisation) -> None:
    stale(pole, canteen)
    ask(pole, canteen)
    request = ConfirmationRequest.objects.get()
    answer_confirmation(request=request, kept=set(), on=TODAY, at=NOW)
    with pytest.raises(UserMistake, match="a servi ou a expiré"):
        answer_confirmation(request=request, kept=set(), on=TODAY, at=NOW)


def test_answer__touches_nothing_of_another_structure(pole: Pole, canteen: Organisation) -> None:
    other = make_organisation("Autre", email="autre@example.org")
    stale(pole, canteen)
    need, _ = stale(pole, other)
    ask(pole, canteen)
    answer_confirmation(request=ConfirmationRequest.objects.get(), kept={need.pk}, on=TODAY, at=NOW)
    assert len(lines_to_confirm(pole=pole, organisation=other, on=TODAY)) == 2
