"""Application configuration."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "shouwen.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the job handlers of this app known."""
        import shouwen.clocks.work  # noqa: F401 - registering is its effect; models must be loaded first
