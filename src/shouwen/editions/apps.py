"""Application configuration."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "shouwen.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the job handlers of this app known."""
        import shouwen.editions.work  # noqa: F401 - registering is its effect; models must be loaded first
