"""The look of the product: shell, components, page values. Knows no other app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "shouwen.ui"
    label = "ui"
    verbose_name = "界面"
