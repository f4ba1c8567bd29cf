"""Addresses of the phone app and of pages about visits."""

urlpatterns: list[object] = []
