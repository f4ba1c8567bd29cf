"""Application configuration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shouwen.access"
    label = "access"

    def ready(self) -> None:
        """Makes the build fail for a field that nobody classified."""
        from shouwen.access import checks  # noqa: F401
