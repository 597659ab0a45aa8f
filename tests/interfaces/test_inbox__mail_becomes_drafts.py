"""The pole's mail becomes drafts, once each, from a real IMAP server and from a maildir."""

from pathlib import Path
from typing import Any

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.gathering.models import Draft, ReceivedMail
from maillage.interfaces.jobs.inbox import read_inbox
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.importers.imap import PASSWORD, USER, flags_of, imap_server, put

pytestmark = pytest.mark.django_db
NEED = (
    b"From: La cantine <cuisine@tilleuls.fr>\r\nTo: essai@pole.fr\r\nMessage-ID: <1@tilleuls>\r\n"
    b"Subject: Re: Besoin de composter\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n\r\nIl nous manque un lieu.\r\n"
)
OFFER = (
    b"From: Paul <paul@gmail.com>\r\nTo: courrier+essai@pole.fr\r\nMessage-ID: <2@gmail>\r\nSubject: Je propose\r\n"
    b"\r\nJe vous propose un four disponible le mardi.\r\n"
)
ROBOT = b"From: absent@x.fr\r\nTo: essai@pole.fr\r\nMessage-ID: <3@x>\r\nAuto-Submitted: auto-replied\r\n\r\nNon.\r\n"


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’essai", "essai")


def box(settings: Any, **given: Any) -> None:
    settings.INBOX = {
        "pole": "",
        "maildir": "",
        "host": "",
        "port": 0,
        "user": USER,
        "password": PASSWORD,
        "folder": "Pole",
        "security": "aucune",
        **given,
    }


def test_imap__messages_become_drafts_once_and_the_box_is_only_read(settings: Any, pole: Pole) -> None:
    author = make_organisation("Cantine des Tilleuls", email="contact@tilleuls.fr")
    make_membership(pole, author)
    with imap_server() as port:
        put(port, NEED, OFFER, ROBOT)
        box(settings, host="127.0.0.1", port=port)
        first, second = read_inbox(), read_inbox()
        assert b"Seen" not in b"".join(flags_of(port))
    assert (first.drafts, first.ignored, second.drafts, second.known) == (2, 1, 0, 2)
    need, offer = Draft.objects.order_by("mail__message_id")
    assert (need.kind, need.title, need.organisation) == (IntentKind.NEED, "Besoin de composter", author)
    assert (offer.kind, offer.said_by, offer.organisation) == (IntentKind.OFFER, "Paul", None)


def test_imap__a_message_that_arrives_later_is_read_too(settings: Any, pole: Pole) -> None:
    with imap_server() as port:
        box(settings, host="127.0.0.1", port=port)
        put(port, NEED)
        read_inbox()
        put(port, OFFER)
        assert read_inbox().drafts == 1


def test_imap__wrong_password_and_absent_server_are_said(settings: Any, pole: Pole) -> None:
    with imap_server() as port:
        box(settings, host="127.0.0.1", port=port, password="faux")
        with pytest.raises(UserMistake, match="mot de passe"):
            read_inbox()
    with pytest.raises(UserMistake, match="ne répond pas"):
        read_inbox()


def test_maildir__messages_become_drafts_once(settings: Any, pole: Pole, tmp_path: Path) -> None:
    box(settings)
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(NEED)
    (tmp_path / "cur" / "2:2,S").write_bytes(OFFER)
    (tmp_path / "new" / "3").write_bytes(NEED)
    tally = read_inbox(maildir=tmp_path)
    assert (tally.drafts, tally.known) == (2, 1)
    assert read_inbox(maildir=tmp_path).drafts == 0
    assert ReceivedMail.objects.count() == 2


def test_maildir__a_message_without_pole_waits_and_is_counted(
    settings: Any, pole: Pole, tmp_path: Path
) -> None:
    box(settings)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(NEED.replace(b"essai@", b"contact@"))
    assert read_inbox(maildir=tmp_path).lost == 1
    assert read_inbox(maildir=tmp_path, slug="essai").drafts == 1
