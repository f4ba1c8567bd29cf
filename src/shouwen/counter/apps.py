"""Application configuration."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "shouwen.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"
