"""``python -m maillage.config.collect``: build the icon sprite, gather the static files. No database needed."""

import os

from maillage.config.environment import home, node_modules
from maillage.interfaces.web.assets import build_assets


def main() -> None:
    """Build, then collect."""
    build_assets(node_modules(), home() / "assets" / "maillage")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    import django  # noqa: PLC0415 - settings look for the sprite when they are read
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


if __name__ == "__main__":
    main()
