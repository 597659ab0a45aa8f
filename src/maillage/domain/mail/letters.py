"""A letter in plain words, and its two renderings: text and HTML; what is joined to it is small."""

import base64
import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_PARAGRAPH = "margin:0 0 16px;max-width:62ch"
_BUTTON = (
    "display:inline-block;margin:0 12px 12px 0;padding:12px 20px;border-radius:8px;"
    "background:#5d2154;color:#ffffff;text-decoration:none;font-weight:600"
)
_BODY = "margin:0;padding:24px;background:#f5f5ef;color:#271a25;font:17px/1.55 Verdana,sans-serif"
_SMALL = "margin:32px 0 0;font-size:15px;color:#5b5059;max-width:62ch"

MOST_JOINED = 100_000
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Button:
    """What one may do from the letter."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file joined to a letter; ``media_type`` may bear parameters: « text/calendar; method=PUBLISH »."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        if not _FILE_NAME.fullmatch(self.name) or not _MEDIA_TYPE.fullmatch(self.media_type):
            raise ValueError(
                "the name and the type of an attachment are the program's, never somebody's words"
            )

    def as_json(self) -> list[str]:
        """Return the file as the database keeps it."""
        return [self.name, self.media_type, base64.b64encode(self.content).decode("ascii")]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said, once; subjects and names are data of people and never reach a header with a line break.

    What is joined is kept with the letter until it leaves: small files only. A summary keeps the links of the letters
    it gathers, not their files.
    """

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    closing: str = ""
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", " ".join(self.subject.split())[:200])
        if not self.subject:
            raise ValueError("a letter has a subject")
        if sum(len(one.content) for one in self.attachments) > MOST_JOINED:
            raise ValueError("what is joined to a letter is small")

    def as_json(self) -> dict[str, Any]:
        """Return the letter as the database keeps it."""
        return {
            "greeting": self.greeting,
            "paragraphs": list(self.paragraphs),
            "buttons": [[button.label, button.url] for button in self.buttons],
            "closing": self.closing,
            "attachments": [one.as_json() for one in self.attachments],
        }


def read_letter(subject: str, kept: dict[str, Any]) -> Letter:
    """Return the letter that ``as_json`` kept."""
    return Letter(
        subject=subject,
        greeting=kept["greeting"],
        paragraphs=tuple(kept["paragraphs"]),
        buttons=tuple(Button(label, url) for label, url in kept["buttons"]),
        closing=kept["closing"],
        attachments=tuple(
            Attachment(name, media_type, base64.b64decode(content))
            for name, media_type, content in kept.get("attachments", ())
        ),
    )


def as_text(letter: Letter, foot: tuple[str, ...] = ()) -> str:
    """Render a letter as plain text; each button on a line of its own, its address under it."""
    parts = [letter.greeting, *letter.paragraphs]
    parts += [f"{button.label} :\n{button.url}" for button in letter.buttons]
    parts += [letter.closing] if letter.closing else []
    parts += ["-- \n" + "\n".join(foot)] if foot else []
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(letter: Letter, foot: tuple[str, ...] = (), unsubscribe_url: str = "") -> SafeString:
    """Render a letter as HTML: no image, no tracker, readable without style."""
    paragraphs = format_html_join(
        "",
        '<p style="{}">{}</p>',
        ((_PARAGRAPH, one) for one in (letter.greeting, *letter.paragraphs) if one),
    )
    buttons = format_html_join(
        "", '<a style="{}" href="{}">{}</a>', ((_BUTTON, one.url, one.label) for one in letter.buttons)
    )
    closing = format_html('<p style="{}">{}</p>', _PARAGRAPH, letter.closing) if letter.closing else ""
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in foot))
    leave = (
        format_html('<br><a href="{}" style="color:#5d2154">Choisir ce que je reçois</a>', unsubscribe_url)
        if unsubscribe_url
        else ""
    )
    return format_html(
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body style="{}">{}<p style="margin:24px 0">{}</p>{}<p style="{}">{}{}</p></body></html>',
        letter.subject,
        _BODY,
        paragraphs,
        buttons,
        closing,
        _SMALL,
        lines,
        leave,
    )
