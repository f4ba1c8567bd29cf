"""Application configuration."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "shouwen.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the job handlers of this app known."""
        import shouwen.inbox.work  # noqa: F401 - registering is its effect; models must be loaded first
