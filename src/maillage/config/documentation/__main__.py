"""``python -m maillage.config.documentation [--check]``: write the pages, or say which are out of date."""

import os
import sys
from collections.abc import Callable

from maillage.config.environment import PROJECT_ROOT


def pages() -> dict[str, Callable[[], str]]:
    """Return each page's path under ``docs/`` and what writes it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    import django  # noqa: PLC0415 - the settings must be named first

    django.setup()
    from maillage.config.documentation import (  # noqa: PLC0415 - Django
        access_page,
        api_page,
        commands_page,
        formats_page,
        settings_page,
        states_page,
    )

    return {
        "reference/acces.md": access_page.page,
        "reference/api.md": api_page.page,
        "reference/etats.md": states_page.page,
        "reference/formats.md": formats_page.page,
        "reference/reglages.md": settings_page.page,
        "reference/commandes.md": commands_page.page,
    }


def main(words: list[str]) -> int:
    """Write the pages; with ``--check`` compare only and return 1 when one differs."""
    stale = []
    for name, write in pages().items():
        path = PROJECT_ROOT / "docs" / name
        wanted = write()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        stale.append(name)
        if "--check" not in words:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
    if "--check" in words and stale:
        sys.stderr.write(
            f"À récrire : {', '.join(stale)}. Lancez python -m maillage.config.documentation puis relisez.\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
