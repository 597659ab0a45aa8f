"""The table of the cache that every worker shares: attempts to sign in are counted there."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    """Make the table of the database cache; nothing when it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """Runs ``createcachetable`` so that an update needs no other gesture than ``migrate``."""

    dependencies = [("actors", "0004_access")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
