"""Give a letter to the mail server: text and HTML, one stable Message-ID, a way out in the headers."""

import hashlib
from email.encoders import encode_base64
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from maillage.domain.mail.letters import Attachment, as_html, as_text, read_letter
from maillage.domain.mail.links import sign
from maillage.domain.mail.models import Message

UNSUBSCRIBE = "mail-preferences"


def give(message: Message) -> None:
    """Send one letter; what the mail library raises goes through."""
    built(message).send(fail_silently=False)


def built(message: Message) -> EmailMultiAlternatives:
    """Return the e-mail of a letter."""
    letter = read_letter(message.subject, message.letter)
    leave = preferences_url(message)
    foot = _foot(message)
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=as_text(letter, (*foot, f"Choisir ce que je reçois : {leave}") if leave else foot),
        to=[message.to],
        headers=_headers(message, leave),
    )
    email.attach_alternative(as_html(letter, foot, leave), "text/html")
    for one in letter.attachments:
        email.attach(_joined(one))
    return email


def _joined(one: Attachment) -> MIMEBase:
    """Return a file as a part of the message, its type with its parameters."""
    named = EmailMessage()
    named["Content-Type"] = one.media_type
    part = MIMEBase(named.get_content_maintype(), named.get_content_subtype(), **named["Content-Type"].params)
    part.set_payload(one.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=one.name)
    return part


def preferences_url(message: Message) -> str:
    """Return the address where the reader chooses what they receive; none outside a pole."""
    if message.pole_id is None:
        return ""
    token = sign(UNSUBSCRIBE, {"email": message.to, "pole": message.pole_id})
    return settings.SITE_ADDRESS.rstrip("/") + reverse("mail:preferences", args=[token])


def _foot(message: Message) -> tuple[str, ...]:
    if message.pole is None:
        return ("Écrit par Maillage.",)
    return (f"Écrit pour {message.pole.name} par Maillage.",)


def _headers(message: Message, leave: str) -> dict[str, str]:
    domain = (
        parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        or urlsplit(settings.SITE_ADDRESS).hostname
    )
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    if leave:
        headers["List-Unsubscribe"] = f"<{leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
