"""Application configuration."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "shouwen.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes known who compares the rulings on visits."""
        import shouwen.visits.work  # noqa: F401 - registering is its effect; models must be loaded first
