"""A server down for an hour, a sender killed, two senders at once: each letter leaves once."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import get_connection
from django.db import connections

from maillage.core.errors import UserMistake
from maillage.domain.mail.enums import MessageState
from maillage.domain.mail.models import Message
from maillage.domain.mail.operations import send_again, send_due, tell_the_unsure
from maillage.interfaces.jobs.post import built
from tests.factories import NOW
from tests.factories.mail import make_message

pytestmark = pytest.mark.django_db(transaction=True)


class Box:
    """A real mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.append(bytes(envelope.content or b""))
        return "250 OK"


def _transport(port: int):  # type: ignore[no-untyped-def]  # a closure for one test
    def give(message: Message) -> None:
        email = built(message)
        email.connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host="127.0.0.1",
            port=port,
            use_tls=False,
            timeout=2,
        )
        email.send()

    return give


@pytest.fixture
def server() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def test_letter__arrives_in_text_and_html_with_a_way_out(server: tuple[Box, int]) -> None:
    box, port = server
    make_message()
    assert send_due(clock=lambda: NOW, transport=_transport(port)) == 1
    assert b"text/plain" in box.received[0]
    assert b"text/html" in box.received[0]
    assert b"Message-ID:" in box.received[0]


def test_server_down_for_an_hour__keeps_the_letter_and_sends_it_once(server: tuple[Box, int]) -> None:
    box, port = server
    message = make_message()
    for minute in range(60):
        send_due(clock=lambda at=NOW + timedelta(minutes=minute): at, transport=_transport(1))
    message.refresh_from_db()
    assert (message.state, message.attempts < 10) == (MessageState.QUEUED, True)
    for minute in (61, 130, 131):
        send_due(clock=lambda at=NOW + timedelta(minutes=minute): at, transport=_transport(port))
    assert len(box.received) == 1


def test_sender_killed_after_the_hand_over__does_not_send_twice(server: tuple[Box, int]) -> None:
    box, port = server
    message = make_message()

    def dies(one: Message) -> None:
        _transport(port)(one)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_due(clock=lambda: NOW, transport=dies)
    send_due(clock=lambda: NOW + timedelta(hours=2), transport=_transport(port))
    assert tell_the_unsure(at=NOW + timedelta(hours=2)) == 1
    message.refresh_from_db()
    assert (message.state, len(box.received)) == (MessageState.UNSURE, 1)


def test_two_senders_at_once__send_each_letter_once(server: tuple[Box, int]) -> None:
    box, port = server
    for number in range(12):
        make_message(f"clé {number}")

    def work() -> None:
        send_due(clock=lambda: NOW, transport=_transport(port))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(box.received) == 12


def test_letter_never_taken__is_given_up_after_three_days_and_can_be_sent_again() -> None:
    message = make_message()
    send_due(clock=lambda: NOW + timedelta(days=4), transport=_transport(1))
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert send_again(message=message, at=NOW).state == MessageState.QUEUED
    with pytest.raises(UserMistake, match="déjà partie, ou part bientôt"):
        send_again(message=message, at=NOW)
