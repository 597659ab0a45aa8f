"""A label records one kind of fact without an account, for as long as its row says so, and never too often."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import signing

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.enums import EventSource
from maillage.domain.ledger.models import EconomicEvent, RecordingLabel
from maillage.domain.ledger.operations import cancel_commitment, labels
from maillage.domain.ledger.queries.history import facts_asked, facts_of
from maillage.domain.mail.links import sign
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_viewer
from tests.factories.ledger import make_actions, make_commitment, make_resource, make_room

pytestmark = pytest.mark.django_db


def bin_label() -> RecordingLabel:
    return labels.make_label(commitment=make_commitment(), name="Bac n° 3", by=None, at=NOW, usual=Decimal(2))


def scan(
    label: RecordingLabel, *, who: str = "Awa, cantine", key: str = "a", quantity: int = 2
) -> tuple[EconomicEvent, bool]:
    return labels.record_by_label(
        label=label,
        told_by=who,
        quantity=Decimal(quantity),
        unit="t",
        happened_on=TODAY,
        key=key,
        on=TODAY,
        at=NOW,
    )


def test_scan__records_what_the_label_says_and_who_told_it() -> None:
    label = bin_label()
    event, is_new = scan(label)
    assert is_new
    assert (event.commitment, event.provider, event.receiver) == (
        label.commitment,
        label.provider,
        label.receiver,
    )
    assert (event.told_by, event.source, event.label) == ("Awa, cantine", EventSource.LABEL, label)


def test_scan__sent_twice_is_one_fact() -> None:
    label = bin_label()
    assert scan(label)[0] == scan(label)[0]


def test_scan__waits_for_a_check_by_the_team() -> None:
    event, _ = scan(bin_label())
    team = make_viewer(Role.FACILITATOR, event.pole)
    found = facts_of(facts_asked(viewer=team, pole=event.pole, to_check=True), viewer=team)
    assert [(one.pk, one.is_to_check, one.who) for one in found] == [(event.pk, True, "Awa, cantine")]


def test_scan__without_a_name_is_refused() -> None:
    with pytest.raises(UserMistake, match="Dites votre nom"):
        scan(bin_label(), who="  ")


def test_revoked_label__records_nothing_more() -> None:
    label = bin_label()
    labels.revoke_label(label=label, at=NOW)
    with pytest.raises(UserMistake, match="ne sert plus"):
        scan(label)


def test_label__serves_sixty_times_an_hour_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "MOST_AN_HOUR", 2)
    label = bin_label()
    scan(label, key="a")
    scan(label, key="b")
    with pytest.raises(UserMistake, match="Attendez un peu"):
        scan(label, key="c")


def test_code__names_its_label_and_cannot_be_forged() -> None:
    label = bin_label()
    token = labels.label_token(label)
    assert labels.label_of(token) == label
    assert labels.label_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert labels.label_of(sign("another-purpose", {"l": label.pk})) is None
    assert labels.label_of(signing.dumps({"l": "x"}, salt="maillage.recording-label")) is None


def test_label__of_a_cancelled_promise_is_not_made() -> None:
    promise = cancel_commitment(commitment=make_commitment())
    with pytest.raises(UserMistake, match="Cet engagement est annulé"):
        labels.make_label(commitment=promise, name="Bac", by=None, at=NOW)


def test_label__of_a_promise_cancelled_since_says_so() -> None:
    label = bin_label()
    assert label.commitment is not None
    cancel_commitment(commitment=label.commitment)
    with pytest.raises(UserMistake, match="Cet engagement est annulé"):
        scan(labels.label_of(labels.label_token(label)) or label)


def test_label__goes_on_a_concrete_thing_too() -> None:
    make_actions()
    room = make_room()
    label = labels.make_resource_label(
        pole=make_commitment().pole,
        resource=room,
        action="use",
        provider=room.owner,
        receiver=make_organisation(),
        name="Porte de la salle",
        by=None,
        at=NOW,
    )
    event, _ = labels.record_by_label(
        label=label,
        told_by="Zoé",
        quantity=Decimal(1),
        unit=room.unit,
        happened_on=TODAY - timedelta(days=1),
        key="a",
        on=TODAY,
        at=NOW,
    )
    assert event.resource == room


def test_label__of_a_thing_counts_as_its_gesture_does() -> None:
    make_actions()
    heap = make_resource()
    with pytest.raises(UserMistake, match="se compte par"):
        labels.make_resource_label(
            pole=make_commitment().pole,
            resource=heap,
            action="work",
            provider=heap.owner,
            receiver=make_organisation(),
            name="Tas",
            by=None,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("name", "usual", "sentence"),
    [("", None, "Dites où va"), ("x" * 101, None, "trop long"), ("Bac", Decimal(-1), "plus grand que zéro")],
)
def test_label__is_named_and_its_usual_quantity_counts(
    name: str, usual: Decimal | None, sentence: str
) -> None:
    with pytest.raises(UserMistake, match=sentence):
        labels.make_label(commitment=make_commitment(), name=name, by=None, at=NOW, usual=usual)
