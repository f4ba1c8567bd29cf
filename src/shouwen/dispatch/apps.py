"""Application configuration."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "shouwen.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        """Makes the job handlers of this app known."""
        import shouwen.dispatch.work  # noqa: F401 - registering is its effect; models must be loaded first
