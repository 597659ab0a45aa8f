"""What every page knows: the pole, who looks, the way around."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix

from maillage.interfaces.web.addresses import address


@dataclass(frozen=True, slots=True)
class Entry:
    """One place one may go to; ``is_current`` is the page one is on, or its room."""

    label: str
    url: str
    icon: str
    is_current: bool


_PUBLIC = (
    ("Le pôle", "pages:pole", "house"),
    ("Besoins et offres", "exchanges:list", "list"),
    ("Structures", "actors:list", "users"),
    ("Ce qui manque", "matching:missing", "search"),
)
_TEAM = (
    ("Aujourd’hui", "days:today", "house"),
    ("Besoins et offres", "exchanges:list", "list"),
    ("Rapprochements", "matching:desk", "link"),
    ("Synergies", "synergies:board", "link"),
    ("Accords", "agreements:list", "list"),
)
_TEAM_MORE = (
    ("Le pôle", "pages:pole", "house"),
    ("Structures", "actors:list", "users"),
    ("Ce qui manque", "matching:missing", "search"),
    ("Écouter", "gathering:home", "plus"),
    ("Projets", "projects:list", "list"),
    ("Engagements et faits", "ledger:promises", "list"),
    ("Importer", "importing:home", "upload"),
    ("Courrier", "mail:letters", "list"),
)
_MEMBER = (
    ("Ma journée", "days:member", "house"),
    ("Besoins et offres", "exchanges:list", "list"),
    ("Synergies", "synergies:board", "link"),
    ("Accords", "agreements:list", "list"),
    ("Projets", "projects:list", "list"),
    ("Structures", "actors:list", "users"),
)
_MEMBER_MORE = (
    ("Le pôle", "pages:pole", "house"),
    ("Ce qui manque", "matching:missing", "search"),
    ("Engagements et faits", "ledger:promises", "list"),
    ("Nouvelles", "mail:notifications", "list"),
)
_SHORT = {
    "pages:pole": "Le pôle",
    "exchanges:list": "Besoins",
    "exchanges:capture": "Noter",
    "matching:desk": "Rapprocher",
    "actors:list": "Structures",
    "matching:missing": "Manques",
}


def _address(name: str, pole: Any) -> str:
    """Return the address of a page, or nothing when this instance does not serve it."""
    try:
        return address(name, pole.slug)
    except NoReverseMatch:
        return ""


def _entries(request: HttpRequest, pole: Any, wanted: tuple[tuple[str, str, str], ...]) -> list[Entry]:
    home = _address("pages:pole", pole)
    addressed = [(label, _address(name, pole), drawing) for label, name, drawing in wanted]
    here = [url for _, url, _ in addressed if url and request.path.startswith(url)]
    nearest = max(here, key=len, default="")
    if nearest == home and request.path != home:
        nearest = ""
    return [Entry(label, url, drawing, url == nearest) for label, url, drawing in addressed if url]


def _bar(pole: Any, request: HttpRequest, names: tuple[tuple[str, str], ...]) -> list[Entry]:
    return _entries(request, pole, tuple((_SHORT[name], name, drawing) for name, drawing in names))


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the templates ``pole``, ``viewer``, ``nav``, ``bar`` and what the head and the foot need."""
    pole = getattr(request, "pole", None)
    viewer = getattr(request, "viewer", None)
    is_team = bool(pole is not None and viewer is not None and viewer.runs(pole.pk))
    found: dict[str, Any] = {
        "pole": pole,
        "viewer": viewer,
        "is_team": is_team,
        "is_demonstration": bool(pole is not None and pole.is_demonstration),
        "nav": [],
        "nav_more": [],
        "bar": [],
        "capture_url": "",
        "search_url": "",
        "home_url": get_script_prefix(),
    }
    if pole is None:
        return found
    found["home_url"] = _address("pages:pole", pole) or found["home_url"]
    is_member = bool(viewer is not None and viewer.organisations_in(pole.pk))
    found["nav"] = _entries(request, pole, _TEAM if is_team else _MEMBER if is_member else _PUBLIC)
    found["nav_more"] = _entries(request, pole, _TEAM_MORE if is_team else _MEMBER_MORE if is_member else ())
    third = ("matching:desk", "link") if is_team else ("matching:missing", "search")
    found["bar"] = _bar(
        pole,
        request,
        (
            ("pages:pole", "house"),
            ("exchanges:list", "list"),
            ("exchanges:capture", "plus"),
            third,
            ("actors:list", "users"),
        ),
    )
    found["capture_url"] = _address("exchanges:capture", pole)
    found["search_url"] = _address("days:search", pole)
    return found
