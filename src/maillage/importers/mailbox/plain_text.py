"""HTML of a message into plain text: scripts and styles go, blocks become lines; what is left is only words."""

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
_BLOCKS = {
    *("p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("blockquote", "section", "article", "header", "footer", "hr", "pre"),
}
_VOID = {"br", "hr"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS and tag not in _VOID:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """Return the words of some HTML, whatever it is.

    >>> text_of_html("<p>Bonjour,</p><script>alert(1)</script><p>il manque <b>12 kg</b>.</p>")
    'Bonjour,\\nil manque 12 kg.'
    """
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def own_words(text: str) -> str:
    """Return what the sender wrote: without the signature, the lines quoted and the message they answer.

    >>> own_words("Il manque une salle.\\n\\nLe 3 mars, Léa a écrit :\\n> Bonjour")
    'Il manque une salle.'
    """
    kept: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if line.rstrip() == "--" or _QUOTING.match(bare) or bare.startswith(_FORWARDED):
            break
        if not bare.startswith(">"):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() or text.strip()


_QUOTING = re.compile(r"^(?:Le|On)\b.{5,200}\b(?:a écrit|wrote)\s*:$", re.IGNORECASE)
_FORWARDED = (
    "-----Message d",
    "----- Message d",
    "-----Original Message",
    "________________________________",
)
