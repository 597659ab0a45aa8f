"""An agreement starts when every party said yes, and follows its table of states."""

from datetime import date, timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.models import Action, Agreement, Commitment
from maillage.domain.ledger.operations import (
    activate_agreement,
    add_party,
    cancel_agreement,
    change_stage,
    create_agreement,
    create_process,
    create_resource,
    end_agreement,
    fulfil_commitment,
    load_actions,
    propose_agreement,
    record_consent,
    remove_party,
    revise_agreement,
    update_agreement,
)
from maillage.domain.ledger.states import AGREEMENT_TRANSITIONS
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.ledger import make_agreement, make_booking, make_commitment, make_room, start

pytestmark = pytest.mark.django_db


def test_activate__waits_for_every_yes() -> None:
    one, two = make_organisation("Une"), make_organisation("Deux")
    agreement = make_agreement(one, two, is_active=False)
    record_consent(agreement=agreement, organisation=one, on=TODAY)
    with pytest.raises(UserMistake, match="Il manque l’accord de Deux"):
        activate_agreement(agreement=agreement, on=TODAY)
    record_consent(agreement=agreement, organisation=two, on=TODAY)
    started = activate_agreement(agreement=agreement, on=TODAY)
    assert (started.state, started.starts_on) == ("active", TODAY)


def test_activate__alone_is_refused() -> None:
    one = make_organisation()
    agreement = make_agreement(one, is_active=False)
    record_consent(agreement=agreement, organisation=one, on=TODAY)
    with pytest.raises(UserMistake, match="à deux au moins"):
        activate_agreement(agreement=agreement, on=TODAY)


def test_update__asks_every_party_again() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two, is_active=False)
    record_consent(agreement=agreement, organisation=one, on=TODAY)
    update_agreement(agreement=agreement, title="Neuf", starts_on=None, ends_on=None, conditions="")
    assert not agreement.parties.filter(consented_on__isnull=False).exists()


def test_update__of_a_running_agreement_is_refused() -> None:
    with pytest.raises(UserMistake, match="en cours"):
        update_agreement(
            agreement=make_agreement(), title="Neuf", starts_on=None, ends_on=None, conditions=""
        )


def test_party__comes_once_and_asks_the_others_again() -> None:
    one, two = make_organisation("Une"), make_organisation()
    agreement = make_agreement(one, is_active=False)
    record_consent(agreement=agreement, organisation=one, on=TODAY)
    add_party(agreement=agreement, organisation=two)
    assert not agreement.parties.filter(consented_on__isnull=False).exists()
    with pytest.raises(UserMistake, match="Une est déjà dans l’accord"):
        add_party(agreement=agreement, organisation=one)


def test_party__with_promises_does_not_leave() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two, is_active=False)
    make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)
    with pytest.raises(UserMistake, match="Annulez-les d’abord"):
        remove_party(agreement=agreement, organisation=one)


def test_consent__of_somebody_else_is_refused() -> None:
    with pytest.raises(UserMistake, match="n’est pas dans l’accord"):
        record_consent(agreement=make_agreement(is_active=False), organisation=make_organisation(), on=TODAY)


def test_consent__keeps_its_first_day() -> None:
    one = make_organisation()
    agreement = make_agreement(one, make_organisation(), is_active=False)
    record_consent(agreement=agreement, organisation=one, on=date(2026, 1, 1))
    assert record_consent(agreement=agreement, organisation=one, on=TODAY).consented_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Donnez un titre"),
        ({"title": "a" * 201}, "200 caractères"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "La fin vient avant"),
    ],
)
def test_create__refuses_with_a_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserMistake, match=sentence):
        make_agreement(is_active=False, **fields)


def test_create__joins_a_need_and_an_offer_of_its_pole() -> None:
    pole = make_pole()
    need, offer = make_need(pole=pole), make_offer(pole=pole)
    parties = [need.author, offer.author]
    made = create_agreement(pole=pole, title="Composter", parties=parties, need=need, offer=offer)
    assert (made.need, made.offer, made.parties.count()) == (need, offer, 2)
    with pytest.raises(UserMistake, match="de ce pôle"):
        create_agreement(pole=pole, title="Composter", parties=parties, need=make_need(), offer=offer)


def test_cancel__frees_what_was_promised() -> None:
    room, other = make_room(), make_organisation()
    agreement = make_agreement(room.owner, other, is_active=False)
    booking = make_booking(
        room, NOW, NOW + timedelta(hours=2), agreement=agreement, pole=agreement.pole, receiver=other
    )
    start(agreement)
    cancel_agreement(agreement=agreement)
    assert Commitment.objects.get(pk=booking.pk).state == "cancelled"
    assert make_booking(room, NOW, NOW + timedelta(hours=2)).state == "promised"


def test_end__waits_for_the_promises() -> None:
    one, two = make_organisation(), make_organisation()
    agreement = make_agreement(one, two, is_active=False)
    promise = make_commitment(agreement=agreement, pole=agreement.pole, provider=one, receiver=two)
    start(agreement)
    with pytest.raises(UserMistake, match="Il reste 1"):
        end_agreement(agreement=agreement, on=TODAY)
    fulfil_commitment(commitment=promise)
    ended = end_agreement(agreement=agreement, on=TODAY)
    assert (ended.state, ended.ends_on) == ("ended", TODAY)


@pytest.mark.parametrize("state", ["draft", "to_sign", "active", "ended", "cancelled"])
@pytest.mark.parametrize("verb", AGREEMENT_TRANSITIONS)
def test_moves__are_those_of_the_table(verb: str, state: str) -> None:
    agreement = make_agreement()
    Agreement.objects.filter(pk=agreement.pk).update(state=state)
    moves = {
        "propose": lambda: propose_agreement(agreement=agreement),
        "revise": lambda: revise_agreement(agreement=agreement),
        "activate": lambda: activate_agreement(agreement=agreement, on=TODAY),
        "end": lambda: end_agreement(agreement=agreement, on=TODAY),
        "cancel": lambda: cancel_agreement(agreement=agreement),
    }
    if state in AGREEMENT_TRANSITIONS[verb].starts:
        assert moves[verb]().state == AGREEMENT_TRANSITIONS[verb].ends
    else:
        with pytest.raises(UserMistake, match="[Cc]et accord est"):
            moves[verb]()


def test_actions__load_twice_alike() -> None:
    assert load_actions() == load_actions() == Action.objects.count()
    assert Action.objects.get(code="use").is_use
    assert Action.objects.get(code="produce").effect == "increment"
    assert Action.objects.get(code="work").dimensions == ["time"]


def test_resource__counts_as_its_type() -> None:
    kind = make_resource_type("compost", dimension="mass")
    with pytest.raises(UserMistake, match="se compte en t, g ou kg"):
        create_resource(name="Tas", owner=make_organisation(), resource_type=kind, unit="m2")


def test_process__says_why_it_stops_and_may_start_again() -> None:
    process = create_process(pole=make_pole(), name="Compostage partagé", since=date(2026, 1, 1))
    with pytest.raises(UserMistake, match="pourquoi"):
        change_stage(process=process, stage="stopped", on=TODAY)
    stopped = change_stage(process=process, stage="stopped", on=TODAY, reason="Plus de terrain")
    assert (stopped.until, stopped.stop_reason) == (TODAY, "Plus de terrain")
    again = change_stage(process=process, stage="trial", on=TODAY)
    assert (again.until, again.stop_reason) == (None, "")


def test_process__answers_needs_of_its_pole() -> None:
    pole = make_pole()
    need = make_need(pole=pole)
    assert create_process(pole=pole, name="Essai", since=TODAY, needs=[need]).needs.get() == need
    with pytest.raises(UserMistake, match="de son pôle"):
        create_process(pole=pole, name="Essai", since=TODAY, needs=[make_need()])
