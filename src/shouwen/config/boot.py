"""Loads Django on demand: commands that only read a standard pack start without it."""

import os


def django() -> None:
    """Set Django up once, with the installation's settings. Safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    import django as framework
    from django.apps import apps

    if not apps.ready:
        framework.setup()
