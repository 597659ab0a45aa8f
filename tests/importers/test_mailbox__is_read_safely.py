"""Messages are read whatever they are: HTML to words, robots left alone, nothing taken for more than text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.importers.mailbox import Maildir, read_mail, reason_to_ignore
from maillage.importers.mailbox.message import parse
from tests.factories import TODAY

PLAIN = b"From: =?utf-8?q?L=C3=A9a?= <Lea@Exemple.fr>\r\nTo: essai@pole.fr\r\nMessage-ID: <1@x>\r\n"


def test_mail__says_who_writes_and_what() -> None:
    mail = read_mail(PLAIN + b"Subject: Il manque\r\n une salle\r\n\r\nBonjour,\r\n-- \r\nLea\r\n")
    assert (mail.sender_name, mail.sender_email) == ("Léa", "lea@exemple.fr")
    assert mail.subject == "Il manque une salle"
    assert mail.own == "Bonjour,"


def test_mail__of_html_keeps_the_words_and_nothing_that_runs() -> None:
    body = b"<style>p{}</style><p>Il manque <b>12 kg</b></p><script>alert(1)</script><img src=x onerror=y>"
    mail = read_mail(PLAIN + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body)
    assert mail.text == "Il manque 12 kg"


def test_mail__leaves_the_attachments_and_their_path() -> None:
    content = (
        PLAIN
        + b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nVoir.\r\n'
        b'--B\r\nContent-Type: application/x-sh\r\nContent-Disposition: attachment; filename="../../x.sh"\r\n\r\n'
        b"rm\r\n--B--\r\n"
    )
    mail = read_mail(content)
    assert mail.text == "Voir."
    assert [(one.name, one.size, one.content) for one in mail.attachments] == [(".._.._x.sh", 2, b"rm")]


def test_mail__that_is_endless_keeps_its_whole_files_and_no_bytes_of_the_one_that_is_cut() -> None:
    def part(name: bytes, content: bytes) -> bytes:
        said = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=" + name
        return b"--B\r\n" + said + b"\r\n\r\n" + content + b"\r\n"

    start = PLAIN + b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
    mail = read_mail(start + part(b"a.txt", b"entier") + part(b"b.txt", b"b" * 11_000_000) + b"--B--\r\n")
    first, last = mail.attachments
    assert (first.content, last.name, last.content) == (b"entier", "b.txt", None)
    assert mail.is_cut


def test_mail__that_is_endless_is_cut() -> None:
    mail = read_mail(PLAIN + b"\r\n" + b"a" * 3_000_000)
    assert len(mail.text) == 20_000
    assert mail.is_cut


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (b"From: a@b.fr\r\n", ""),
        (b"From: a@b.fr\r\nAuto-Submitted: no\r\n", ""),
        (b"From: a@b.fr\r\nAuto-Submitted: auto-replied\r\n", "auto"),
        (b"From: a@b.fr\r\nPrecedence: bulk\r\n", "bulk"),
        (b"From: a@b.fr\r\nList-Unsubscribe: <mailto:x@y.fr>\r\n", "bulk"),
        (b"From: MAILER-DAEMON@b.fr\r\n", "bounce"),
        (b"From: a@b.fr\r\nReturn-Path: <>\r\n", "bounce"),
        (b"From: pole@nous.fr\r\n", "own"),
        (b"Subject: rien\r\n", "nobody"),
    ],
)
def test_robots__are_left_alone(headers: bytes, reason: str) -> None:
    assert reason_to_ignore(parse(headers + b"\r\n"), own_address="pole@nous.fr") == reason


@given(st.binary(max_size=2_000))
def test_mail__of_any_bytes_ends_in_plain_values(content: bytes) -> None:
    mail = read_mail(content)
    assert 0 < len(mail.message_id) <= 250
    assert "\x00" not in mail.text + mail.subject
    assert reason_to_ignore(parse(content)) in {"", "auto", "bulk", "bounce", "own", "nobody"}


def test_maildir__gives_headers_first_and_stays_as_it_is(tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.x").write_bytes(PLAIN + b"\r\nBonjour\r\n")
    (waiting,) = Maildir(tmp_path).waiting(on=TODAY)
    assert b"Bonjour" not in waiting.headers
    assert b"Bonjour" in waiting.whole()
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["1.x"]
