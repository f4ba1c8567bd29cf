"""Addresses of the pages about editions of the standard."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
