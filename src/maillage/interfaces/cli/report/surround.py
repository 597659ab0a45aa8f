"""What all offline pages share: templates, style, the way a day is said."""

from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from maillage.core.french import number, plural, typography
from maillage.core.periods import MONTHS
from maillage.interfaces.drawing.words import clean


@cache
def environment() -> Environment:
    """Return the templates: everything is escaped, an unknown name fails."""
    found = Environment(
        loader=PackageLoader("maillage.interfaces.cli.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["fr"] = typography
    found.filters["said"] = lambda text: typography(clean(text))
    found.filters["number"] = number
    found.globals["plural"] = plural
    return found


def asset(name: str) -> Markup:
    """Return a file of the templates' folder as it is."""
    text = files("maillage.interfaces.cli.report").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file, nothing of the user's


def drawing_style() -> Markup:
    """Return the style of the drawings."""
    text = files("maillage.interfaces.drawing").joinpath("static", "drawing.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file, nothing of the user's


def day_said(day: date) -> str:
    """Say a day: « 1er novembre 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
