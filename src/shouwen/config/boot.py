"""Loads Django on demand: commands that only read a standard pack start without it."""

import gc
import os


def django() -> None:
    """Set Django up once, with the installation's settings. Safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    import django as framework
    from django.apps import apps

    if apps.ready:
        return
    # What is loaded stays to the end: looking through it for garbage took a sixth of the start.
    gc.disable()
    framework.setup()
    gc.freeze()
    gc.enable()
