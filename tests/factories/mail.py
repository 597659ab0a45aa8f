"""Letters for the tests."""

from datetime import datetime

from maillage.domain.actors.models import Account, Pole
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.models import Message, Notification
from maillage.domain.mail.operations import notify, queue_letter
from tests.factories import NOW


def make_letter(subject: str = "Trois cageots par semaine") -> Letter:
    return Letter(
        subject=subject,
        greeting="Bonjour Léa,",
        paragraphs=("La cantine cherche qui prend ses épluchures.",),
        buttons=(Button("Oui, parlons-en", "http://testserver/oui"),),
    )


def make_message(
    key: str = "une clé",
    *,
    to: str = "lea@example.org",
    kind: str = MessageKind.TASK,
    pole: Pole | None = None,
    at: datetime = NOW,
    subject: str = "Trois cageots par semaine",
) -> Message:
    message = queue_letter(key=key, kind=kind, to=to, letter=make_letter(subject), at=at, pole=pole)
    assert message is not None
    return message


def make_notification(pole: Pole, account: Account | None, key: str = "nouvelle") -> Notification:
    assert account is not None
    return notify(key=key, account=account, pole=pole, text="Une réponse est arrivée", url="/compte/", at=NOW)
