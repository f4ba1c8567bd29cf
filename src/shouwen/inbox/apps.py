"""Application configuration."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "shouwen.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the job handlers of this app known, and what it counts on the rail."""
        import shouwen.inbox.work  # noqa: F401 - registering is its effect; models must be loaded first
        from shouwen.access.permission import Action
        from shouwen.inbox.presenters.rail import untaken_text
        from shouwen.inbox.queries import new_count
        from shouwen.people.rail import count_on_rail

        count_on_rail("inbox", action=Action.WORK_INBOX, count=new_count, words=untaken_text)
