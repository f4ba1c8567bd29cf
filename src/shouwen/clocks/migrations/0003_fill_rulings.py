from datetime import UTC, datetime

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def ask_to_fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rulings are computed from the journal: the worker does it, a few matters at a time."""
    if not apps.get_model("clocks", "Clock").objects.exists():
        return
    apps.get_model("jobs", "Job").objects.get_or_create(
        key="clocks.fill_rulings:start",
        defaults={
            "kind": "clocks.fill_rulings",
            "payload": {"after": ""},
            "priority": 5,
            "asked_at": LONG_AGO,
            "run_at": LONG_AGO,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_rulings"), ("jobs", "0002_periods_and_dropped_jobs")]

    operations = [migrations.RunPython(ask_to_fill, migrations.RunPython.noop)]
