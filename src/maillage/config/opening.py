"""The command line with what only the roof knows, the settings and the database."""

import os
import sys

from maillage.config import environment
from maillage.config.embedded import ensure_database, erase, uses_embedded
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.main import run


def open_database() -> None:
    """Start the embedded server if need be, then set Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    ensure_database()
    import django  # noqa: PLC0415 - only the commands that need the database pay for it

    django.setup()


def run_command() -> int:
    """Run the command of ``sys.argv`` and return its exit code."""
    entrance = Entrance(
        open_database=open_database,
        erase_database=lambda: erase(environment.home()),
        uses_embedded_database=uses_embedded,
        home=environment.home(),
        node_modules=environment.node_modules(),
        project_root=environment.PROJECT_ROOT,
    )
    return run(entrance, sys.argv[1:])
