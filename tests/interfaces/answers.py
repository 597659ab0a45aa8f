"""All that an answer holds, as text: headers, cookies, page, file, feed, and what the signed addresses in it carry."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

import pikepdf
from django.core.signing import b64_decode
from django.http.response import HttpResponseBase

from tests.interfaces.secret_words import folded

_SIGNATURE = re.compile(r":[\w-]{6}:[\w-]{43}")
_BEFORE_IT = re.compile(r"[\w.-]+", re.ASCII)
_LONGEST = 4_000  # signs of what is signed in an address


def told(answer: HttpResponseBase) -> str:
    """Return all that an answer tells, folded: headers, cookies, body, whatever its kind."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = " ".join(one.OutputString() for one in answer.cookies.values())
    return said_in(f"{headers} {cookies} {_body(answer)}")


def said_in(text: str) -> str:
    """Return what a text tells, folded, with what its signed addresses carry."""
    plain = unquote(unescape(text))
    carried = [_carried(one) for one in dict.fromkeys(_signed(plain))]
    return folded(" ".join([plain, *carried]))


def _signed(text: str) -> Iterator[bytes]:
    """Return what stands before each signature."""
    for found in _SIGNATURE.finditer(text):
        before = _BEFORE_IT.match(text[max(0, found.start() - _LONGEST) : found.start()][::-1])
        if before:
            yield before.group()[::-1].encode()


def _carried(signed: bytes) -> str:
    """Read what was signed, as whoever receives the address may: it is not enciphered."""
    try:
        content = b64_decode(signed.removeprefix(b"."))
        content = zlib.decompress(content) if signed.startswith(b".") else content
        return json.dumps(json.loads(content), ensure_ascii=False)
    except (ValueError, zlib.error):
        return ""


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
