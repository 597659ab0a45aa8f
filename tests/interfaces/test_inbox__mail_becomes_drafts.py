"""The pole's mail becomes drafts, once each, from a real IMAP server and from a maildir."""

from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.gathering.models import Draft, MailFile, ReceivedMail
from maillage.domain.ledger.models import StoredFile
from maillage.domain.ledger.queries.files import opened_file
from maillage.interfaces.jobs.inbox import read_inbox
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.files import EICAR, pdf, picture
from tests.factories.gathering import make_draft
from tests.importers.imap import PASSWORD, USER, flags_of, imap_server, put

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEED = (
    b"From: La cantine <cuisine@tilleuls.fr>\r\nTo: essai@pole.fr\r\nMessage-ID: <1@tilleuls>\r\n"
    b"Subject: Re: Besoin de composter\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n\r\nIl nous manque un lieu.\r\n"
)
OFFER = (
    b"From: Paul <paul@gmail.com>\r\nTo: courrier+essai@pole.fr\r\nMessage-ID: <2@gmail>\r\nSubject: Je propose\r\n"
    b"\r\nJe vous propose un four disponible le mardi.\r\n"
)
ROBOT = b"From: absent@x.fr\r\nTo: essai@pole.fr\r\nMessage-ID: <3@x>\r\nAuto-Submitted: auto-replied\r\n\r\nNon.\r\n"


def with_files(*files: tuple[str, str, bytes]) -> bytes:
    """Write the message of the canteen with files joined to it."""
    written = EmailMessage()
    written["From"], written["To"] = "La cantine <cuisine@tilleuls.fr>", "essai@pole.fr"
    written["Subject"], written["Message-ID"] = "Besoin de composter", "<9@tilleuls>"
    written.set_content("Il nous manque un lieu. Voir le plan.")
    for name, kind, content in files:
        main, _, rest = kind.partition("/")
        written.add_attachment(content, maintype=main, subtype=rest, filename=name)
    return written.as_bytes(policy=policy.SMTP)


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


def received(settings: Any, folder: Path, message: bytes) -> Draft:
    box(settings)
    (folder / "new").mkdir()
    (folder / "new" / "1").write_bytes(message)
    read_inbox(maildir=folder)
    return Draft.objects.get()


def test_files__are_kept_by_what_they_are_and_a_refused_one_is_named_with_its_reason(
    settings: Any, pole: Pole, tmp_path: Path
) -> None:
    files = (
        ("plan.pdf", "application/octet-stream", pdf()),
        ("photo.jpg", "image/jpeg", picture(with_position=True)),
        ("facture.pdf", "application/pdf", EICAR),
        ("../../outil.sh", "application/pdf", b"#!/bin/sh\nrm"),
    )
    draft = received(settings, tmp_path, with_files(*files))
    assert draft.words == "Il nous manque un lieu. Voir le plan."
    plan, photo, virus, tool = MailFile.objects.filter(mail=draft.mail_id)
    assert (plan.stored.media_type, plan.stored.pole) == ("application/pdf", pole)  # type: ignore[union-attr]  # kept
    assert b"Telephone-Espion" not in opened_file(photo.stored).read()  # type: ignore[arg-type,union-attr]  # kept
    assert [one.stored for one in (virus, tool)] == [None, None]
    assert all(one.refusal for one in (virus, tool))
    assert "/" not in tool.name


def test_files__of_a_message_read_twice_are_kept_once(settings: Any, pole: Pole, tmp_path: Path) -> None:
    received(settings, tmp_path, with_files(("plan.pdf", "application/pdf", pdf())))
    read_inbox(maildir=tmp_path)
    assert StoredFile.objects.count() == 1


def test_files__beyond_ten_are_named_only(settings: Any, pole: Pole, tmp_path: Path) -> None:
    many = [(f"{at}.txt", "text/plain", f"Note {at}".encode()) for at in range(12)]
    received(settings, tmp_path, with_files(*many))
    assert MailFile.objects.filter(stored__isnull=False).count() == 10
    assert {one.refusal for one in MailFile.objects.filter(stored=None)} == {
        "Seules les 10 premières pièces jointes sont gardées."
    }


def test_files__when_the_disk_fails_never_lose_the_message(
    settings: Any, pole: Pole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.default_storage.save", full)
    draft = received(settings, tmp_path, with_files(("plan.pdf", "application/pdf", pdf())))
    assert "n’a pas pu être enregistré" in MailFile.objects.get(mail=draft.mail_id).refusal
    assert not StoredFile.objects.exists()


def test_files__are_downloaded_from_the_draft_by_the_team_alone(
    settings: Any, pole: Pole, tmp_path: Path
) -> None:
    files = (("plan.pdf", "application/pdf", pdf()), ("outil.sh", "text/plain", b"#!/bin/sh\nrm"))
    draft = received(settings, tmp_path, with_files(*files))
    team, member = Client(), Client()
    team.force_login(make_account(Role.FACILITATOR, pole), backend=BACKEND)
    member.force_login(make_account(Role.MEMBER, pole, make_organisation()), backend=BACKEND)
    page = team.get(f"/p/essai/ecoute/a-relire/{draft.pk}/").content.decode()
    kept = MailFile.objects.get(stored__isnull=False)
    address = f"/p/essai/ecoute/a-relire/{draft.pk}/pieces/{kept.pk}/"
    assert address in page
    assert "outil.sh" in page
    answer = team.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert member.get(address).status_code == 403
    other = make_draft(pole)
    assert team.get(f"/p/essai/ecoute/a-relire/{other.pk}/pieces/{kept.pk}/").status_code == 404
