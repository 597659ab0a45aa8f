"""What set-up writes: the icon sprite, cut from the npm package ``lucide-static``, and the sizes of bars. No Django."""

import re
import sys
from pathlib import Path

ICONS: tuple[str, ...] = (
    "arrow-left",
    "arrow-right",
    "arrow-up-down",
    "calendar-days",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "circle-question-mark",
    "clock",
    "download",
    "eye-off",
    "file-spreadsheet",
    "funnel",
    "house",
    "info",
    "keyboard",
    "link",
    "list",
    "mail",
    "map",
    "map-pin",
    "menu",
    "minus",
    "moon",
    "pencil",
    "phone",
    "plus",
    "refresh-cw",
    "search",
    "sun",
    "trash-2",
    "triangle-alert",
    "upload",
    "users",
    "x",
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")


class MissingIcon(Exception):
    """An icon of the list is not in the npm package."""


def _symbol(name: str, folder: Path) -> str:
    file = folder / f"{name}.svg"
    if not file.is_file():
        raise MissingIcon(
            f"L’icône « {name} » manque dans {folder}. Installez les paquets npm (make install), puis recommencez."
        )
    found = _DRAWING.search(_COMMENT.sub("", file.read_text(encoding="utf-8")))
    if found is None:
        raise MissingIcon(f"Le fichier {file} n’est pas un dessin SVG.")
    drawing = _BETWEEN.sub("><", found.group(1).strip())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def build_assets(node_modules: Path, out: Path) -> Path:
    """Write ``shares.css``, and ``sprite.svg`` from ``node_modules``; return the sprite's path; raise ``MissingIcon``.

    The same packages give the same bytes; the file is replaced at once, never half-written.
    """
    folder = node_modules / "lucide-static" / "icons"
    symbols = "\n".join(_symbol(name, folder) for name in ICONS)
    licence = "<!-- Icons: Lucide, ISC licence, https://lucide.dev/license -->"
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{licence}\n{symbols}\n</svg>\n'
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "shares.css", shares())
    return _write(out / "sprite.svg", sprite)


def shares() -> str:
    """Return one class a hundredth: bars take their size from it, since no page may carry a style of its own."""
    return "".join(f".share-{part}{{--q:{part};--w:{part}%}}\n" for part in range(101))


def _write(target: Path, text: str) -> Path:
    draft = target.with_name(f"{target.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)
    return target


if __name__ == "__main__":
    build_assets(Path(sys.argv[1]), Path(sys.argv[2]))
