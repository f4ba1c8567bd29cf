"""Application configuration."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "shouwen.custody"
    label = "custody"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes `shouwen check` read the security policy."""
        from shouwen.custody import checks  # noqa: F401
