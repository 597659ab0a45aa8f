"""French typography inside HTML: only the words people read change, never a tag, an entity or what they typed."""

import re

from maillage.core.french import typography

_KEPT = re.compile(
    r"(<(?:script|style|textarea|pre|code|svg|title)\b.*?</(?:script|style|textarea|pre|code|svg|title)>"
    r"|<!--.*?-->|<[^>]*>|&(?!#x27;|#39;|nbsp;)#?\w+;)",
    re.DOTALL | re.IGNORECASE,
)
_ESCAPED_APOSTROPHE = re.compile(r"&#(?:x27|39);")
_ESCAPED_SPACE = re.compile(r"&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
_WORDS = re.compile(r"\S")


def french_html(html: str) -> str:
    """Return ``html`` with French spaces and apostrophes between its tags."""
    pieces = _KEPT.split(html)
    for at in range(0, len(pieces), 2):
        if _WORDS.search(pieces[at]):
            plain = _ESCAPED_SPACE.sub("\u00a0", _ESCAPED_APOSTROPHE.sub("'", pieces[at]))
            pieces[at] = typography(plain)
    return "".join(pieces)
