"""Application configuration."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "shouwen.fieldwork"
    label = "fieldwork"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes known that orders follow the cases they belong to, and the jobs of this app."""
        import shouwen.fieldwork.work  # noqa: F401 - registering is its effect; models must be loaded first
