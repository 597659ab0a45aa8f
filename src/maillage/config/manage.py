"""``python -m maillage.config.manage``: Django's commands, with the embedded database at hand."""

import os
import sys

from maillage.config.embedded import ensure_database


def main() -> None:
    """Run one Django command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    ensure_database()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the database is known

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
