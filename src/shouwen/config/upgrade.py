"""Brings a data folder up to this version of the program."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def upgrade(*, verbosity: int = 1) -> None:
    """Migrate the database and collect the static files. Changes nothing when both are up to date."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=0)


def is_up_to_date() -> bool:
    """Whether the database has every migration and the static files were collected."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not plan and Path(settings.STATIC_ROOT, "staticfiles.json").exists()
