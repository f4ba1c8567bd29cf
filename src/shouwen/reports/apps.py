"""Application configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "shouwen.reports"
    label = "reports"
