"""A letter is written once, whatever is done twice, and never breaks a header."""

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.mail.enums import MessageKind, MessageState, Rhythm
from maillage.domain.mail.letters import Letter, as_html, as_text
from maillage.domain.mail.models import Message
from maillage.domain.mail.operations import choose_rhythm, gather_digests, notify, queue_letter
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_pole
from tests.factories.mail import make_letter, make_message

pytestmark = pytest.mark.django_db


def test_queue__the_same_key_twice_gives_one_letter() -> None:
    assert make_message("a").pk == make_message("a").pk
    assert Message.objects.count() == 1


def test_queue__refuses_what_is_no_address() -> None:
    with pytest.raises(UserMistake, match="n’est pas une adresse"):
        make_message(to="lea@example.org\nBcc: tous@example.org")


def test_letter__puts_a_subject_of_two_lines_on_one() -> None:
    letter = Letter("Une\r\nBcc: tous@example.org", "", ("Texte",))
    assert letter.subject == "Une Bcc: tous@example.org"


def test_database__refuses_a_subject_of_two_lines() -> None:
    message = make_message()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(subject="Une\r\nBcc: tous@example.org")


def test_letter__as_html_shows_marks_and_does_not_obey_them() -> None:
    html = as_html(Letter("S", "Bonjour <b>Léa</b>,", ("<script>alert(1)</script>",)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_letter__as_text_gives_each_button_its_address() -> None:
    assert "Oui, parlons-en :\nhttp://testserver/oui" in as_text(make_letter())


def test_queue__follows_what_an_address_wants() -> None:
    pole = make_pole()
    choose_rhythm(email="Lea@example.org", pole=pole, rhythm=Rhythm.NEVER, at=NOW)
    assert (
        queue_letter(
            key="a", kind=MessageKind.TASK, to="lea@example.org", letter=make_letter(), at=NOW, pole=pole
        )
        is None
    )
    assert make_message("b", kind=MessageKind.INTRODUCTION, pole=pole).state == MessageState.QUEUED


def test_digest__gathers_what_was_held_in_one_letter_a_day() -> None:
    pole = make_pole()
    choose_rhythm(email="lea@example.org", pole=pole, rhythm=Rhythm.DAILY, at=NOW)
    held = [make_message(key, pole=pole, subject=f"Sujet {key}") for key in "ab"]
    assert {one.state for one in held} == {MessageState.HELD}
    assert [gather_digests(on=TODAY, at=NOW), gather_digests(on=TODAY, at=NOW)] == [1, 0]
    digest = Message.objects.get(kind=MessageKind.DIGEST)
    assert digest.subject.endswith("2 nouvelles")
    assert digest.gathered.count() == 2


def test_digest__of_the_week_waits_for_monday() -> None:
    pole = make_pole()
    choose_rhythm(email="lea@example.org", pole=pole, rhythm=Rhythm.WEEKLY, at=NOW)
    make_message(pole=pole)
    monday = TODAY.fromordinal(TODAY.toordinal() + (7 - TODAY.weekday()) % 7)
    tuesday = monday.fromordinal(monday.toordinal() + 1)
    assert gather_digests(on=tuesday, at=NOW) == 0
    assert gather_digests(on=monday, at=NOW) == 1


def test_notification__is_told_once() -> None:
    account, pole = make_account(), make_pole()
    rows = {
        notify(key="k", account=account, pole=pole, text="Une réponse", url="/", at=NOW).pk for _ in range(2)
    }
    assert len(rows) == 1
