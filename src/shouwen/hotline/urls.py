"""Addresses of the hotline."""

from django.urls import path

from shouwen.hotline.views import hooks

urlpatterns = [
    path("hooks/calls", hooks.calls_hook, name="calls_hook"),
]
