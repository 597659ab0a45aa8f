"""A draft is noted, joined or set aside, once; who said it follows their consent."""

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.models import Evidence, Intent, Support
from maillage.domain.gathering.enums import AsideReason, Consent, DraftState, WorkshopState
from maillage.domain.gathering.models import Draft, Interview
from maillage.domain.gathering.operations import interviews, review, room
from maillage.domain.gathering.operations.closing import close_workshop
from maillage.domain.mail.models import Message
from tests.factories import NOW, TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.factories.exchanges import make_need
from tests.factories.gathering import make_card, make_draft, make_interview, make_seat, make_workshop

pytestmark = pytest.mark.django_db


def test_draft__is_noted_with_its_evidence_and_only_once() -> None:
    author = make_organisation("Cantine")
    draft = make_draft(organisation=author, said_by="La cheffe", people_concerned=140)
    data = review.plain_intent(draft, author)
    intent = review.accept_draft(draft=draft, data=data, by=None, on=TODAY, at=NOW)
    kept = Draft.objects.get()
    assert (kept.state, kept.intent, kept.evidence) == (DraftState.ACCEPTED, intent, Evidence.objects.get())
    assert (kept.evidence.said_by, kept.evidence.channel) == ("La cheffe", "interview")  # type: ignore[union-attr]  # just compared
    with pytest.raises(UserMistake, match="déjà notée"):
        review.accept_draft(draft=draft, data=data, by=None, on=TODAY, at=NOW)
    assert Intent.objects.count() == 1


def test_draft__joined_adds_a_supporter_and_a_piece_of_evidence() -> None:
    pole, other = make_pole(), make_organisation()
    need = make_need(pole=pole)
    draft = make_draft(pole, people_concerned=12)
    review.merge_draft(draft=draft, intent=need, organisation=other, by=None, on=TODAY, at=NOW)
    assert Support.objects.get().organisation == other
    assert Evidence.objects.get().people_concerned == 12
    assert Draft.objects.get().state == DraftState.MERGED


def test_draft__of_nobody_known_still_brings_its_evidence() -> None:
    pole = make_pole()
    need = make_need(pole=pole)
    review.merge_draft(draft=make_draft(pole), intent=need, organisation=None, by=None, on=TODAY, at=NOW)
    assert not Support.objects.exists()
    assert Evidence.objects.count() == 1


def test_draft__is_set_aside_with_a_reason_and_comes_back() -> None:
    draft = make_draft()
    with pytest.raises(UserMistake, match="Dites pourquoi"):
        review.set_draft_aside(draft=draft, reason="", words="", by=None, at=NOW)
    review.set_draft_aside(draft=draft, reason=AsideReason.TWICE, words="le 3", by=None, at=NOW)
    assert Draft.objects.get().reason == "twice"
    review.take_draft_back(draft=draft, by=None, at=NOW)
    assert (Draft.objects.get().state, Draft.objects.get().reason) == (DraftState.WAITING, "")


def test_database__refuses_a_draft_without_origin_or_noted_nowhere() -> None:
    draft = make_draft()
    with pytest.raises(IntegrityError, match="draft_one_origin"), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(interview=None)
    with pytest.raises(IntegrityError, match="draft_kept_in_an_intent"), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(state=DraftState.ACCEPTED, decided_at=NOW)


def test_interview__taking_consent_back_erases_the_name_everywhere() -> None:
    interview = make_interview(
        consent=Consent.NAMED,
        consented_on=TODAY,
        person_name="Léa Martin",
        notes="Léa Martin manque de place.",
    )
    draft = interviews.draw_from(interview=interview, kind="need", words="Léa Martin manque de place")
    author = make_organisation()
    review.accept_draft(draft=draft, data=review.plain_intent(draft, author), by=None, on=TODAY, at=NOW)
    assert Evidence.objects.get().said_by == "Léa Martin"
    interviews.withdraw_consent(interview=interview)
    kept = Interview.objects.get()
    told = f"{Evidence.objects.values().get()} {Draft.objects.values().get()} {Intent.objects.values().get()}"
    assert (kept.person_name, kept.consent) == ("", Consent.WITHDRAWN)
    assert "Martin" not in kept.notes + told
    for model in (Interview, Intent, Draft):
        past = model._meta.get_field("history").related_model  # type: ignore[union-attr]  # pghistory's own relation
        assert "Martin" not in str(list(past.objects.values()))  # type: ignore[union-attr]  # a model


def test_database__refuses_a_name_without_consent() -> None:
    with pytest.raises(IntegrityError, match="interview_named_by_consent"), transaction.atomic():
        make_interview(person_name="Léa Martin", consent=Consent.UNNAMED)


def test_workshop__closed_draws_every_card_and_writes_once_to_each_address() -> None:
    pole = make_pole()
    make_membership(pole, make_organisation("Ci&el"))
    workshop = make_workshop(pole, state=WorkshopState.VOTING)
    said = {"consented_at": NOW, "email": "lea@exemple.fr", "organisation": "Ci&el"}
    seats = [make_seat(workshop, **said), make_seat(workshop, **said)]
    card, hidden = make_card(workshop, seat=seats[0]), make_card(workshop, is_hidden=True)
    room.cast_vote(card=card, seat=seats[1], at=NOW)
    drafts = close_workshop(workshop=workshop, by=None, at=NOW, address="https://exemple.fr/a/")
    assert [(one.card, one.votes, one.channel) for one in drafts] == [(card, 1, "meeting")]
    assert not Draft.objects.filter(card=hidden).exists()
    assert Message.objects.get().to == "lea@exemple.fr"
    (noted,) = review.accept_known(drafts=drafts, by=None, on=TODAY, at=NOW)
    assert noted.author.name == "Ci&el"
    with pytest.raises(UserMistake, match="clos"):
        close_workshop(workshop=workshop, by=None, at=NOW)
