"""The page of the accesses: the table that the tests try, in words."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from maillage.config.environment import PROJECT_ROOT
from maillage.domain.actors.viewer import ROLE_LABELS

TABLE = PROJECT_ROOT / "tests" / "interfaces" / "access.csv"
_FIXED = 3
_WORDS = {
    "200": "oui",
    "302": "oui →",
    "422": "oui",
    "403": "non",
    "404": "rien",
    "405": "–",
    "entrer": "entrer",
}
_HEAD = (
    "# Qui peut quoi",
    "",
    "Cette page est écrite à partir de `tests/interfaces/access.csv`, la table que les tests essaient : chaque "
    "adresse, avec chaque rôle. Une ligne « d’un autre pôle » est essayée par les mêmes rôles du pôle voisin, qui "
    "mettent le numéro d’une ligne d’ici dans une adresse de leur pôle : personne ne l’atteint.",
    "",
    "**oui** : la page répond (pour un envoi : le formulaire, envoyé vide, est lu) ; **oui →** : elle mène à une "
    "autre ; **non** : refusé, avec la raison à l’écran ; **rien** : n’existe pas pour cette personne ; "
    "**entrer** : mène à la connexion ; **–** : ce geste n’existe pas. Un autre nombre est le code de la réponse.",
)


def page() -> str:
    """Write ``docs/reference/acces.md``."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    paths = _paths()
    rooms: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        rooms[_room(paths.get(row[0], ""))].append(row)
    columns = [_label(role) for role in head[_FIXED:]]
    lines = list(_HEAD)
    for room in sorted(rooms):
        lines += ["", f"## {room}", "", f"| adresse | geste | ligne | {' | '.join(columns)} |"]
        lines.append("|" + "---|" * (_FIXED + len(columns)))
        lines += [_line(row, paths) for row in rooms[room]]
    return "\n".join(lines) + "\n"


def _label(role: str) -> str:
    labels = {code.value: label for code, label in ROLE_LABELS.items()}
    return labels.get(role, "animation d’un autre pôle")


def _line(row: list[str], paths: dict[str, str]) -> str:
    name, method, whose, *cells = row
    gesture = "lire" if method == "GET" else "envoyer"
    line = {"own": "d’ici", "other": "d’un autre pôle"}.get(whose, "")
    said = " | ".join(_WORDS.get(cell, cell) for cell in cells)
    return f"| `{paths.get(name, name)}` | {gesture} | {line} | {said} |"


def _room(path: str) -> str:
    pieces = path.strip("/").split("/")
    if pieces[0] == "p":
        return f"/p/<pole>/{pieces[2]}/" if len(pieces) > _FIXED else "/p/<pole>/"
    return f"/{pieces[0]}/" if len(pieces) > 1 else "/"


def _paths() -> dict[str, str]:
    """Every named address of the site and its path."""
    return dict(_walk(get_resolver().url_patterns, "/", ()))


def _walk(patterns: list[Any], prefix: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = prefix + _plain(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, path, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or path.lstrip("/")]), path


def _plain(pattern: str) -> str:
    """Write ``<slug:pole>`` as ``<pole>``, and a regular expression without its signs."""
    text = pattern.removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    for kind in ("slug:", "int:", "str:", "uuid:", "path:"):
        text = text.replace(f"<{kind}", "<")
    return text.replace("(?P", "").replace("[0-9A-Za-z]+)", "").replace(".+)", "")
