"""Application configuration."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shouwen.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
