"""A crawler that reads all that an answer holds: page, file, feed, headers; it follows what the site itself offers."""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

import pikepdf
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

_ADDRESS = re.compile(r"""["'(=\s](/[a-z0-9][^"'()\s<>\\]*)""", re.IGNORECASE)
_SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option[^>]*\bvalue="([^"]+)"')
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_TYPED = re.compile(r'<input[^>]*\btype="(?:text|search)"[^>]*>|<input(?![^>]*\btype=)[^>]*>')
_NAME = re.compile(r'\bname="([^"]+)"')
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_LEFT_OUT = ("/static/", "/admin/")
_FEWEST_IN_A_SELECT = 4


@dataclass(frozen=True)
class Answer:
    """What one address gave, all of it as text."""

    address: str
    status: int
    text: str
    raw: str


def folded(text: str) -> str:
    """Return a text without accents, capitals, fine spaces, nor spaces between digits."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPACES))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return re.sub(r"(?<=\d) (?=\d)", "", plain)


def read(client: Client, address: str) -> Answer:
    """Ask for an address and read everything of the answer; nothing that it wrote is kept."""
    return _tried(client, address, None)


def send(client: Client, address: str, data: dict[str, str]) -> Answer:
    """Post a form, read the answer and the page it leads to; nothing that it wrote is kept."""
    return _tried(client, address, data)


def _tried(client: Client, address: str, data: dict[str, str] | None) -> Answer:
    point = transaction.savepoint()
    try:
        answer = client.get(address) if data is None else client.post(address, data)
        text = told(answer)
        where = answer.headers.get("Location", "")
        if data is not None and where.startswith("/"):
            text += told(client.get(where))
        return Answer(address, answer.status_code, text, _raw(answer))
    finally:
        transaction.savepoint_rollback(point)


def _raw(answer: HttpResponseBase) -> str:
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not kind.startswith(("text/html", "application/json")):
        return ""
    return str(answer.content.decode(answer.charset or "utf-8", "replace"))  # type: ignore[attr-defined]  # not streaming


def told(answer: HttpResponseBase) -> str:
    """Return all that an answer tells: headers, cookies, body, whatever its kind."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = " ".join(one.OutputString() for one in answer.cookies.values())
    said = f"{headers} {cookies} {_body(answer)}"
    return folded(unquote(unescape(said)))


def _body(answer: HttpResponseBase) -> str:
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming:
        return _stream(answer, kind)
    content: bytes = answer.content  # type: ignore[attr-defined]  # an answer that is not streamed has its content
    return in_words(content, kind)


def _stream(answer: HttpResponseBase, kind: str) -> str:
    """Read a file to its end; of an endless feed, its first piece."""
    pieces: object = answer.streaming_content  # type: ignore[attr-defined]  # a streamed answer has it
    if not isinstance(pieces, Iterable):
        return ""
    found = iter(pieces)
    if kind.startswith("text/event-stream"):
        return bytes(next(found, b"")).decode("utf-8", "replace")
    return in_words(b"".join(found), kind)


def in_words(content: bytes, kind: str) -> str:
    """Return the words of a body: JSON, an archive of XML (XLSX, DOCX), a PDF, or a text."""
    if content.startswith(b"PK\x03\x04"):
        return " ".join(_parts(content))
    if content.startswith(b"%PDF"):
        return pdf_words(content)
    text = content.decode("utf-8", "replace")
    if "json" in kind:
        return json.dumps(json.loads(text or "null"), ensure_ascii=False)
    if "calendar" in kind:
        return text.replace("\r\n ", "")
    return text


def _parts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace")
            yield f"{name} {text} {re.sub(r'<[^>]+>', '', text)}"


def pdf_words(content: bytes) -> str:
    """Return the words of a PDF: its metadata, its bookmarks, and what each page shows, by the maps of its fonts."""
    with pikepdf.open(io.BytesIO(content)) as document:
        said = [str(document.docinfo), str(document.Root.get("/Metadata", ""))]
        for page in document.pages:
            fonts = page.get("/Resources", {}).get("/Font", {})
            maps = {name: _glyphs(font) for name, font in fonts.items()}
            said.append(_shown(page, maps))
        return " ".join(said)


def _glyphs(font: pikepdf.Object) -> dict[str, str]:
    """Return what each code of a font stands for."""
    if "/ToUnicode" not in font:
        return {}
    told_by = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[str, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told_by, re.DOTALL):
        for code, sign in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[code.lower()] = bytes.fromhex(sign).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told_by, re.DOTALL):
        for first, last, sign in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = f"{int(first, 16) + step:0{len(first)}x}"
                found[code] = chr(int(sign, 16) + step)
    return found


def _shown(page: pikepdf.Page, maps: dict[str, dict[str, str]]) -> str:
    words, current = [], dict[str, str]()
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = maps.get(str(operands[0]), {})
        elif name in {"Tj", "TJ", "'", '"'}:
            pieces = operands[-1] if name == "TJ" else [operands[-1]]
            strings = [bytes(one) for one in pieces if isinstance(one, pikepdf.String)]
            words.append("".join(_decoded(one, current) for one in strings))
        elif name in {"ET", "Td", "TD", "T*"}:
            words.append(" ")
    return "".join(words)


def _decoded(codes: bytes, glyphs: dict[str, str]) -> str:
    if not glyphs:
        return codes.decode("latin-1")
    width = len(next(iter(glyphs))) // 2
    steps = range(0, len(codes), width)
    return "".join(glyphs.get(codes[step : step + width].hex(), "") for step in steps)


def offered(answer: Answer) -> Iterator[str]:
    """Return the addresses that a page offers: links, sources, data, and what its GET forms may ask."""
    for found in _ADDRESS.findall(answer.raw):
        yield unescape(found)
    here = urlsplit(answer.address).path
    for opening, inside in _FORM.findall(answer.raw):
        if 'method="post"' in opening.lower():
            continue
        action = re.search(r'\baction="([^"]+)"', opening)
        path = urlsplit(unescape(action.group(1))).path if action else here
        for name, options in _SELECT.findall(inside):
            for value in _OPTION.findall(options)[:_FEWEST_IN_A_SELECT]:
                yield f"{path or here}?{name}={unescape(value)}"


def searched(answer: Answer) -> Iterator[tuple[str, str]]:
    """Return the text fields of the GET forms of a page: the path that answers, and the field's name."""
    here = urlsplit(answer.address).path
    for opening, inside in _FORM.findall(answer.raw):
        if 'method="post"' in opening.lower():
            continue
        action = re.search(r'\baction="(/[^"?]*)', opening)
        for field in _TYPED.findall(inside):
            name = _NAME.search(field)
            if name:
                yield (unescape(action.group(1)) if action else here), name.group(1)


def crawl(client: Client, starts: Iterable[str], *, at_most: int) -> dict[str, Answer]:
    """Read the starts, then what they offer, and so on, each address once; ``at_most`` of those that were offered."""
    waiting, answers = list(dict.fromkeys(starts)), dict[str, Answer]()
    sure = len(waiting)
    known = set(waiting)
    for address in waiting:
        if len(answers) >= sure + at_most:
            break
        answers[address] = found = read(client, address)
        for one in offered(found):
            plain = one.split("#", 1)[0]
            if plain not in known and not plain.startswith(_LEFT_OUT):
                known.add(plain)
                waiting.append(plain)
    return answers
