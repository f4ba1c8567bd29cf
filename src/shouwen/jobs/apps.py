"""Application configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "shouwen.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the periodic work of this app known."""
        import shouwen.jobs.work  # noqa: F401 - registering is its effect; models must be loaded first
