"""Every process of the ledger that was there before the room gets its sheet and the first line of its history."""

from datetime import UTC, datetime, time

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_sheets(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write a sheet for each process that has none."""
    project = apps.get_model("projects", "Project")
    change = apps.get_model("projects", "StageChange")
    for process in apps.get_model("ledger", "Process").objects.filter(project__isnull=True):
        made = project.objects.create(process=process)
        day = process.until if process.stage == "stopped" and process.until else process.since
        change.objects.create(
            project=made,
            starts="",
            ends=process.stage,
            on=day,
            at=datetime.combine(day, time(12), tzinfo=UTC),
            reason=process.stop_reason,
        )


class Migration(migrations.Migration):
    """Nothing is taken away on the way back: the tables go with the room."""

    dependencies = [("projects", "0001_initial")]

    operations = [migrations.RunPython(write_sheets, migrations.RunPython.noop)]
