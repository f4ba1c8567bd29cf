"""Application configuration."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "shouwen.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"
