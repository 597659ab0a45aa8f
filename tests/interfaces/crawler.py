"""A crawler that asks and reads: addresses, forms, calls with a key; it follows what the site itself offers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from tests.interfaces.answers import told

_ADDRESS = re.compile(r"""/(?<=["'(=\s]/)[a-zA-Z0-9][^"'()\s<>\\]*""")
_SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option[^>]*\bvalue="([^"]+)"')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ACTION = re.compile(r'\b(?:action|hx-post)="(/[^"?]*)')
_TYPED = re.compile(r'<input[^>]*\btype="(?:text|search)"[^>]*>|<input(?![^>]*\btype=)[^>]*>')
_NAME = re.compile(r'\bname="([^"]+)"')
_CONTROL = re.compile(r"<(?:input|button|textarea|select)\b[^>]*>")
_VALUE = re.compile(r'\bvalue="([^"]+)"')
_COMPLETED = re.compile(r'data-combobox="(/[^"]+)"')
_LEFT_OUT = ("/static/", "/admin/")
_FEWEST_IN_A_SELECT = 4


@dataclass(frozen=True)
class Visit:
    """One thing to ask: an address; a form when it is posted; a key when a machine asks."""

    address: str
    form: tuple[tuple[str, str], ...] | None = None
    key: str = ""

    @property
    def path(self) -> str:
        """The address without what is asked of it."""
        return urlsplit(self.address).path

    def __str__(self) -> str:
        """Say what is asked, so that somebody can ask it again."""
        said = "GET" if self.form is None else "POST"
        sent = "" if not self.form else f" {dict(self.form)}"
        return f"{said} {self.address}{sent}{' with a key' if self.key else ''}"


@dataclass(frozen=True)
class Answer:
    """What one visit gave, all of it as text."""

    visit: Visit
    status: int
    text: str
    raw: str

    @property
    def address(self) -> str:
        """The address that answered."""
        return self.visit.address


def read(client: Client, address: str) -> Answer:
    """Ask for an address and read everything of the answer; nothing that it wrote is kept."""
    return ask(client, Visit(address))


def send(client: Client, address: str, data: dict[str, str]) -> Answer:
    """Post a form, read the answer and the page it leads to; nothing that it wrote is kept."""
    return ask(client, Visit(address, tuple(data.items())))


def take_back(point: str) -> None:
    """Undo what was written since a savepoint, and leave it: thousands of them, one in another, slow everything."""
    transaction.savepoint_rollback(point)
    transaction.savepoint_commit(point)


def ask(client: Client, visit: Visit) -> Answer:
    """Carry out a visit; nothing that it wrote is kept, nor that it signed somebody out."""
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    kept = session.value if session else ""
    point = transaction.savepoint()
    try:
        headers = {"Authorization": f"Bearer {visit.key}"} if visit.key else None
        if visit.form is None:
            answer = client.get(visit.address, headers=headers)
        else:
            answer = client.post(visit.address, dict(visit.form))
        text = told(answer)
        where = answer.headers.get("Location", "")
        if visit.form is not None and where.startswith("/"):
            text += told(client.get(where))
        return Answer(visit, answer.status_code, text, _raw(answer))
    except Exception as fault:
        fault.add_note(str(visit))
        raise
    finally:
        take_back(point)
        client.cookies.clear()
        if kept:
            client.cookies[settings.SESSION_COOKIE_NAME] = kept


def _raw(answer: HttpResponseBase) -> str:
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/html", "application/json")):
        return ""
    return str(answer.content.decode(answer.charset or "utf-8", "replace"))  # type: ignore[attr-defined]  # not streaming


def offered(answer: Answer) -> Iterator[str]:
    """Return the addresses that a page offers: links, sources, data, and what its GET forms may ask."""
    for found in _ADDRESS.findall(answer.raw):
        yield unescape(found)
    here = urlsplit(answer.address).path
    for opening, inside in _FORM.findall(answer.raw):
        if _is_posted(opening):
            continue
        action = re.search(r'\baction="([^"]+)"', opening)
        path = urlsplit(unescape(action.group(1))).path if action else here
        for name, options in _SELECT.findall(inside):
            for value in _OPTION.findall(options)[:_FEWEST_IN_A_SELECT]:
                yield f"{path or here}?{name}={unescape(value)}"


def searched(answer: Answer) -> Iterator[tuple[str, str]]:
    """Return what a page lets one search by: the path that answers, and the name of the field."""
    here = urlsplit(answer.address).path
    for opening, inside in _FORM.findall(answer.raw):
        if _is_posted(opening):
            continue
        action = re.search(r'\baction="(/[^"?]*)', opening)
        for field in _TYPED.findall(inside):
            name = _NAME.search(field)
            if name:
                yield (unescape(action.group(1)) if action else here), name.group(1)
    for path in _COMPLETED.findall(answer.raw):
        yield urlsplit(unescape(path)).path, "q"


def forms(answer: Answer) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Return the forms that a page lets one post: where they go, and their fields with the values they propose."""
    here = urlsplit(answer.address).path
    for opening, inside in _FORM.findall(answer.raw):
        if _is_posted(opening):
            fields: dict[str, set[str]] = {}
            for control in _CONTROL.findall(inside):
                name, value = _NAME.search(control), _VALUE.search(control)
                if name and name.group(1) != "csrfmiddlewaretoken":
                    fields.setdefault(name.group(1), set()).update(
                        [unescape(value.group(1))] if value else []
                    )
            for name, options in _SELECT.findall(inside):
                fields.setdefault(name, set()).update(map(unescape, _OPTION.findall(options)))
            for path in _ACTION.findall(opening + inside) or [here]:
                yield unescape(path), fields


def _is_posted(opening: str) -> bool:
    return 'method="post"' in opening.lower()


def crawl(client: Client, starts: Iterable[Visit], *, at_most: int) -> Iterator[Answer]:
    """Carry out the starts, then read what they offer, and so on, each once; ``at_most`` of what was offered."""
    waiting = list(dict.fromkeys(starts))
    sure = len(waiting)
    known = {one.address for one in waiting if one.form is None}
    for rank, visit in enumerate(waiting):
        if rank >= sure + at_most:
            break
        answer = ask(client, visit)
        yield answer
        if len(waiting) >= sure + at_most:
            continue
        for one in offered(answer):
            plain = one.split("#", 1)[0]
            if plain not in known and not plain.startswith(_LEFT_OUT):
                known.add(plain)
                waiting.append(Visit(plain))
