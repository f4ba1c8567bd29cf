"""Application configuration."""

from django.apps import AppConfig


class ClausesConfig(AppConfig):
    name = "shouwen.clauses"
    label = "clauses"
    default_auto_field = "django.db.models.BigAutoField"
