"""A worker is killed between any two writes of a transition, the mail server is down: all is kept, or nothing is."""

import smtplib
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from subprocess import run
from typing import Any

import pytest
from django.db import connection

from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Disclosure
from maillage.domain.mail.models import Message, Notification
from maillage.domain.mail.operations import send_due
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyChange, SynergyParty
from maillage.domain.synergies.operations import move, propose
from tests.factories import NOW
from tests.factories.synergies import ADDRESSES, make_speaking_pair, make_synergy, say

WRITES = ("INSERT", "UPDATE", "DELETE")
TABLES = (Synergy, SynergyParty, SynergyChange, Introduction, Disclosure, Message, Notification)
MOST = 60


class KilledHere(BaseException):
    """Where the worker dies."""


@contextmanager
def dying_at(number: int) -> Iterator[list[int]]:
    """Die at the nth write; the list tells how many were made."""
    made = [0]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            made[0] += 1
            if made[0] == number:
                raise KilledHere
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield made


def picture() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


def last_yes() -> Callable[[], object]:
    need, offer = make_speaking_pair(visibility=Visibility.ANONYMOUS)
    synergy = make_synergy(need, offer, state=SynergyState.PROPOSED)
    say(synergy.parties.get(organisation=need.author))
    return lambda: say(synergy.parties.get(organisation=offer.author))


def proposing() -> Callable[[], object]:
    synergy = make_synergy(*make_speaking_pair())
    return lambda: propose(synergy=synergy, by=None, at=NOW, addresses=ADDRESSES)


def abandoning() -> Callable[[], object]:
    synergy = make_synergy(*make_speaking_pair(), state=SynergyState.TALKS)
    return lambda: move(synergy=synergy, verb="abandon", by=None, at=NOW, reason="price")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prepare", [last_yes, proposing, abandoning])
def test_transition__stopped_at_any_write_leaves_nothing_and_is_done_again(
    prepare: Callable[[], Callable[[], object]],
) -> None:
    act = prepare()
    before = picture()
    for number in range(1, MOST):
        try:
            with dying_at(number) as made:
                act()
        except KilledHere:
            assert picture() == before, number
        else:
            assert number == made[0] + 1
            break
    assert number > 4
    assert picture() != before


KILLED = """
    import os, signal, sys
    import django
    django.setup()
    from django.db import connection
    from maillage.domain.synergies.models import SynergyParty
    from tests.factories.synergies import say
    made = 0
    def watch(execute, sql, params, many, context):
        global made
        answer = execute(sql, params, many, context)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            made += 1
            if made == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
        return answer
    with connection.execute_wrapper(watch):
        say(SynergyParty.objects.get(pk=int(sys.argv[1])))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 5])
def test_worker__killed_in_the_middle_leaves_nothing(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    synergy = make_synergy(*make_speaking_pair(), state=SynergyState.PROPOSED)
    first, last = synergy.parties.order_by("pk")
    say(first)
    before = picture()
    monkeypatch.setenv("DATABASE_URL", _address())
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(KILLED), str(last.pk), str(number)]
    died = run(command, check=False, capture_output=True, timeout=60)
    assert died.returncode == -9, died.stderr.decode()
    assert picture() == before
    assert say(last).state == SynergyState.INTERESTED


def _address() -> str:
    """The address of the database of this test."""
    given = connection.get_connection_params()
    host, name = given.get("host", ""), given["dbname"]
    where = f"//{given.get('user', '')}:{given.get('password', '')}@"
    if str(host).startswith("/"):
        return f"postgres:{where}{str(host).replace('/', '%2F')}:{given.get('port', '')}/{name}"
    return f"postgres:{where}{host}:{given.get('port', '')}/{name}"


@pytest.mark.django_db
def test_mail_server__down_an_hour_loses_no_answer_and_sends_each_letter_once() -> None:
    last_yes()()
    waiting = Message.objects.filter(state="queued").count()
    assert waiting >= 4
    sent: list[str] = []

    def down(message: Message) -> None:
        raise smtplib.SMTPServerDisconnected("nobody there")

    for minutes in range(0, 61, 10):
        send_due(clock=lambda minutes=minutes: NOW + timedelta(minutes=minutes), transport=down)
    assert Synergy.objects.get().state == SynergyState.INTERESTED
    for hours in (2, 3):
        send_due(
            clock=lambda hours=hours: NOW + timedelta(hours=hours),
            transport=lambda message: sent.append(message.key),
        )
    assert len(sent) == waiting
    assert len(set(sent)) == waiting
