"""Each party is asked by mail: in plain words, without naming who hides; the link answers once, and in time."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Disclosure
from maillage.domain.mail.models import Message, Notification
from maillage.domain.matching.models import MatchingRun, Proposal
from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import (
    AnswerLink,
    LinkState,
    answer_by_link,
    move,
    read_link,
    undo_last,
)
from tests.factories import NOW
from tests.factories.actors import make_account
from tests.factories.synergies import ADDRESSES, make_pair, make_speaking_pair, make_synergy, say

pytestmark = pytest.mark.django_db
SECRET = "Palettes de la Menuiserie Secrète"


def letter_to(email: str) -> Message:
    return Message.objects.filter(to=email).latest("pk")


def text_of(message: Message) -> str:
    return " ".join([message.subject, *message.letter["paragraphs"], message.letter["closing"]])


def token_of(message: Message) -> str:
    found = re.search(r"repondre/([^/]+)/", message.letter["buttons"][0][1])
    assert found is not None
    return found.group(1)


def link_of(email: str, at: datetime = NOW) -> AnswerLink:
    link = read_link(token=token_of(letter_to(email)), at=at)
    assert link is not None
    return link


def answered(email: str, answer: str = Answer.YES, at: datetime = NOW, **fields: str) -> Synergy:
    given = {"reason": "", "words": ""} | fields
    return answer_by_link(link=link_of(email, at), answer=answer, at=at, addresses=ADDRESSES, **given)


@pytest.fixture
def proposed() -> Synergy:
    need, offer = make_speaking_pair()
    return make_synergy(need, offer, state=SynergyState.PROPOSED)


def test_letter__goes_to_the_account_of_who_gave_no_other_address() -> None:
    need, offer = make_pair()
    make_account(Role.MEMBER, need.pole, need.author, email="ines@compte.fr")
    make_synergy(need, offer, state=SynergyState.PROPOSED)
    assert offer.author.name in text_of(letter_to("ines@compte.fr"))


def test_letter__says_who_what_and_what_a_yes_does(proposed: Synergy) -> None:
    need, offer = (line.intent for line in proposed.lines.all())
    said = text_of(letter_to("ana@besoin.fr"))
    for words in (need.title, offer.title, offer.author.name, proposed.pole.name, "Rien n’est promis"):
        assert words in said
    assert "bob@offre.fr" not in said
    assert [label for label, _ in letter_to("ana@besoin.fr").letter["buttons"]] == [
        "Oui, cela nous intéresse",
        "Non, pas cette fois",
    ]


def test_letter__says_why_with_the_reasons_of_the_search() -> None:
    need, offer = make_speaking_pair()
    run = MatchingRun.objects.create(pole=need.pole, asked_at=NOW)
    reasons = [
        {"code": "x", "kind": "for", "text": "c’est à 3 km"},
        {"code": "y", "kind": "check", "text": "le tri"},
    ]
    Proposal.objects.create(
        run=run, need=need, offer=offer, rank_for_need=1, score=9, verdict="good", reasons=reasons
    )
    make_synergy(need, offer, state=SynergyState.PROPOSED)
    said = text_of(letter_to("bob@offre.fr"))
    assert "Pourquoi vous" in said
    assert "C’est à" in said
    assert "le tri" not in said


def test_letter__never_names_who_hides_until_everybody_said_yes() -> None:
    need, offer = make_speaking_pair(visibility=Visibility.ANONYMOUS, title=SECRET)
    synergy = make_synergy(need, offer, state=SynergyState.PROPOSED, title=SECRET)
    said = text_of(letter_to("bob@offre.fr"))
    assert need.author.name not in said
    assert said.count(SECRET) == 1  # the title of their own offer, in the subject
    answered("ana@besoin.fr")
    assert not Disclosure.objects.exists()
    answered("bob@offre.fr")
    assert {(one.intent_id, one.organisation_id) for one in Disclosure.objects.all()} == {
        (need.pk, offer.author_id),
        (offer.pk, need.author_id),
    }
    assert need.author.name in text_of(letter_to("bob@offre.fr"))
    assert synergy.title == SECRET


def test_last_yes__gives_each_the_contacts_of_the_others(proposed: Synergy) -> None:
    answered("ana@besoin.fr")
    assert answered("bob@offre.fr").state == SynergyState.INTERESTED
    assert "bob@offre.fr" in text_of(letter_to("ana@besoin.fr"))
    assert "ana@besoin.fr" in text_of(letter_to("bob@offre.fr"))


def test_link__answers_once_and_keeps_who_answered(proposed: Synergy) -> None:
    link = link_of("ana@besoin.fr")
    answered("ana@besoin.fr")
    party = proposed.parties.get(organisation=link.introduction.party.organisation)
    assert (party.answer, party.channel, str(party.person)) == ("yes", "link", str(link.person))
    with pytest.raises(UserMistake, match="déjà répondu"):
        answer_by_link(link=link, answer="no", reason="price", words="", at=NOW, addresses=ADDRESSES)
    assert read_link(token=token_of(letter_to("ana@besoin.fr")), at=NOW).state is LinkState.ANSWERED


def test_link__says_why_when_it_says_no(proposed: Synergy) -> None:
    with pytest.raises(UserMistake, match="pourquoi"):
        answered("ana@besoin.fr", Answer.NO)
    assert link_of("ana@besoin.fr").state is LinkState.OPEN
    done = answered("ana@besoin.fr", Answer.NO, reason="timing", words="Après l’été")
    assert (done.state, done.reason, done.words) == (SynergyState.REFUSED, "timing", "Après l’été")
    assert link_of("bob@offre.fr").state is LinkState.WITHDRAWN


def test_link__ends_with_its_last_day(proposed: Synergy) -> None:
    until = link_of("ana@besoin.fr").introduction.expires_at
    assert timezone.localtime(until).hour == 0
    assert link_of("ana@besoin.fr", until - timedelta(seconds=1)).state is LinkState.OPEN
    with pytest.raises(UserMistake, match="plus valable"):
        answered("ana@besoin.fr", at=until)


def test_link__that_we_did_not_write_is_nothing(proposed: Synergy) -> None:
    token = token_of(letter_to("ana@besoin.fr"))
    assert read_link(token=token[:-1] + ("a" if token[-1] != "a" else "b"), at=NOW) is None
    assert read_link(token="", at=NOW) is None


def test_structure__without_address_is_told_to_the_team_at_once() -> None:
    facilitator = make_account(Role.FACILITATOR)
    synergy = make_synergy(owner=facilitator, state=SynergyState.PROPOSED)
    assert not Message.objects.exists()
    assert Notification.objects.filter(account=facilitator, text__contains="Aucun courriel").count() == 2
    assert synergy.state == SynergyState.PROPOSED


def test_stop__tells_who_said_yes_after_a_time_to_undo(proposed: Synergy) -> None:
    by = make_account(Role.FACILITATOR)
    say(proposed.parties.first())
    move(synergy=proposed, verb="abandon", by=by, at=NOW, reason="price", words="Un secret d’équipe")
    message = letter_to("ana@besoin.fr")
    assert "pas cette fois" in message.subject
    assert "secret" not in text_of(message)
    assert message.next_at == NOW + timedelta(minutes=15)
    undo_last(synergy=proposed, by=by, at=NOW)
    assert "pas cette fois" not in letter_to("ana@besoin.fr").subject
