"""Whether the database has its tables; imported once Django is set up."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from maillage.core.errors import UserMistake


def check_ready() -> None:
    """Refuse a database whose tables are not up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UserMistake(
            "La base n’a pas encore ses tables. Lancez « maillage demo », ou sur un serveur « python -m "
            "maillage.config.manage migrate »."
        )
