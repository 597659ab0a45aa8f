"""The signs of the visual language, as HTML: cups, arches, states, bars, reasons. A sign always bears a word."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.template import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from maillage.domain.actors.enums import ActorFamily
from maillage.interfaces.web.wording import fr

Word = TypeVar("Word")
SIDES = {"need": "Besoin", "offer": "Offre"}
STATES = {
    "said": "Dit",
    "proposed": "Proposé",
    "promised": "Promis",
    "done": "Fait",
    "soon": "Bientôt",
    "late": "En retard",
    "aside": "Mis de côté",
}
FITS = {"close": "Très bon accord", "near": "Bon accord", "apart": "À discuter"}
LEVELS = {
    "yes": ("done", "convient"),
    "half": ("half", "convient en partie"),
    "no": ("no", "ne convient pas"),
}
REASONS = {
    "for": ("", "check", "Pour :"),
    "check": ("check", "circle-question-mark", "À vérifier :"),
    "against": ("against", "minus", "Contre :"),
}
SHAPES = {
    ActorFamily.SOCIAL: '<circle cx="10" cy="10" r="8"/>',
    ActorFamily.BUSINESS: '<rect x="2.5" y="2.5" width="15" height="15" rx="1.5"/>',
    ActorFamily.AUTHORITY: '<path d="M10 1 18.5 8.5V18.5H1.5V8.5Z"/>',
    ActorFamily.TRAINING: '<path d="M10 1.5 19 18H1Z"/>',
    ActorFamily.PEOPLE: '<path d="M10 .5 19.5 10 10 19.5 .5 10Z"/>',
}
LOOP = "M0 44.75H2C24 44.75 38 31 38 17.5C38 9 33 3.5 26.5 3.5S15 9 15 17.5C15 31 30 44.75 52 44.75H54"


class UnknownWord(TemplateSyntaxError):
    """A template names a sign that the visual language does not have."""

    def __init__(self, what: str, given: object, known: Iterable[str]) -> None:
        super().__init__(f"{what} {given!r} is not one of {', '.join(known)}")


def _among(table: Mapping[str, Word], key: str, what: str) -> Word:
    if key not in table:
        raise UnknownWord(what, key, table)
    return table[key]


def icon(name: str, extra: str = "") -> SafeString:
    """Draw an icon of the sprite; a word always stands beside it."""
    return _icon(settings.STORAGES["staticfiles"]["BACKEND"], name, extra)


@lru_cache(maxsize=512)
def _icon(_storage: str, name: str, extra: str) -> SafeString:
    """Written once: where the files of the interface are depends on their storage alone."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        extra,
        static("maillage/sprite.svg"),
        name,
    )


def side(kind: str, label: object = "", mark: object = "", hidden: str = "") -> SafeString:
    """Draw the cup of a need or the arch of an offer, with its word: ``{% side "need" "Besoin d’Untel" %}``.

    ``mark`` is written inside (a number), ``hidden`` is read before it; without a label the sign stands alone.
    """
    if kind != "none":
        _among(SIDES, kind, "side")
    said = format_html('<span class="visually-hidden">{} </span>', hidden) if hidden else ""
    hide = "" if mark != "" else mark_safe(' aria-hidden="true"')
    sign = format_html('<span class="side {}"{}>{}{}</span>', kind, hide, said, mark)
    return format_html('<span class="tag">{}{}</span>', sign, label) if label else sign


def state(kind: str, label: object = "", of: str = "") -> SafeString:
    """Draw a state and its word; ``of="offer"`` paints an idle offer in leaf."""
    word = label or _among(STATES, kind, "state")
    _among(STATES, kind, "state")
    return format_html('<span class="state {} {}">{}</span>', kind, of, word)


def coverage(
    parts: Sequence[tuple[str, Any, str]], label: str, thin: bool = False, key: bool = True
) -> SafeString:
    """Draw a coverage bar; ``parts`` are (done | promised | proposed | missing, quantity, words)."""
    kept = [(kind, float(size), words) for kind, size, words in parts if float(size) > 0]
    for kind, _, _ in kept:
        _among({"done": 1, "promised": 1, "proposed": 1, "missing": 1}, kind, "coverage part")
    whole = sum(size for _, size, _ in kept)
    bars = format_html_join(
        "",
        '<span class="{}-fill share-{}"></span>',
        [(k, max(1, round(100 * q / whole))) for k, q, _ in kept],
    )
    bar = format_html(
        '<div class="coverage{}" role="img" aria-label="{}">{}</div>',
        " thin" if thin else "",
        fr(label),
        bars,
    )
    if not key:
        return bar
    keys = format_html_join(
        "",
        '<li><i class="{}-fill" aria-hidden="true"></i>{}</li>',
        [(k, fr(words)) for k, _, words in kept if words],
    )
    return format_html('{}<ul class="key">{}</ul>', bar, keys)


def _pair(item: object, *names: str) -> tuple[Any, ...]:
    if isinstance(item, tuple | list):
        return tuple(item)
    return tuple(getattr(item, name) for name in names)


def reasons(items: Iterable[object]) -> SafeString:
    """List reasons; each is (for | check | against, sentence) or has ``kind`` and ``text``."""
    lines = []
    for item in items:
        kind, text = _pair(item, "kind", "text")
        css, drawing, hidden = _among(REASONS, str(kind), "reason")
        lines.append((css, icon(drawing), fr(hidden), fr(text)))
    return format_html(
        '<ul class="reasons">{}</ul>',
        format_html_join(
            "", '<li class="{}">{}<span><span class="visually-hidden">{} </span>{}</span></li>', lines
        ),
    )


def accord(items: Iterable[object]) -> SafeString:
    """Show the four facts; each is (name, yes | half | no, words) or has ``name``, ``level`` and ``text``."""
    facts = []
    for item in items:
        name, level, text = _pair(item, "name", "level", "text")
        dot, hidden = _among(LEVELS, str(level), "level")
        facts.append((dot, fr(name), fr(text), hidden))
    return format_html(
        '<dl class="accord">{}</dl>',
        format_html_join(
            "",
            '<div><dt><span class="dot {}" aria-hidden="true"></span>{}</dt>'
            '<dd>{}<span class="visually-hidden"> ({})</span></dd></div>',
            facts,
        ),
    )


def fit(level: str, label: object = "") -> SafeString:
    """Draw how well two halves fit (close | near | apart) with its words; never a percentage."""
    words = label or _among(FITS, level, "fit")
    _among(FITS, level, "fit")
    return format_html(
        '<span class="verdict"><span class="fit {}" aria-hidden="true"></span>{}</span>', level, words
    )


def family(code: str, label: object = "", size: int = 18) -> SafeString:
    """Draw the shape of a family; ``label=True`` adds its name, a text adds that text."""
    known = ActorFamily(_among({item.value: item.value for item in ActorFamily}, code, "family"))
    drawing = format_html(
        '<svg viewBox="0 0 20 20" width="{}" height="{}" class="family-{}" aria-hidden="true">{}</svg>',
        size,
        size,
        known.value,
        mark_safe(SHAPES[known]),  # noqa: S308 - our own constants
    )
    words = known.label if label is True else label
    return format_html('<span class="tag">{}{}</span>', drawing, words) if words else drawing


def family_legend() -> SafeString:
    """List the five families with their shapes."""
    items = [(family(item.value), item.label) for item in ActorFamily]
    return format_html('<ul class="legend">{}</ul>', format_html_join("", "<li>{}{}</li>", items))


def loopicon() -> SafeString:
    """Draw one loop of the thread."""
    return format_html('<svg viewBox="0 0 54 46" aria-hidden="true"><path d="{}"/></svg>', LOOP)


def notice_class(level: str) -> str:
    """Return the look of a message: done, warn, error or plain information."""
    return {"success": "done", "warning": "warn", "error": "error"}.get(level, "")


def notice_icon(level: str) -> SafeString:
    """Draw the icon of a message."""
    return icon(
        {"success": "circle-check", "warning": "triangle-alert", "error": "triangle-alert"}.get(level, "info")
    )
