"""Whether the database can be built: every app that has models has migrations, and they are complete."""

from pathlib import Path

from django.apps import apps
from django.core.management import call_command


def apps_without_migrations() -> list[str]:
    """Labels of our apps that have models but no migration.

    Django's own check passes over an app without a `migrations` package, whose tables then appear in no
    database.
    """
    return [
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("shouwen.")
        and any(config.get_models())
        and not any(Path(config.path, "migrations").glob("0*.py"))
    ]


def check_models() -> list[str]:
    """Names each fault; empty when all is well. Raises SystemExit when a migration is missing."""
    call_command("check")
    call_command("makemigrations", check=True, dry_run=True)
    return [f"{label}: 没有迁移 / has no migrations" for label in apps_without_migrations()]
