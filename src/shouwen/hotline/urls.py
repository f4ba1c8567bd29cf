"""Addresses of the hotline: a call, what is shown beside it, and the hook for exchanges."""

from django.urls import path

from shouwen.hotline import views
from shouwen.hotline.views import hooks

urlpatterns = [
    path("hooks/calls", hooks.calls_hook, name="calls_hook"),
    path("calls/<uuid:call>/pop/", views.call_pop, name="call_pop"),
    path("calls/<uuid:call>/home/", views.call_choose_home, name="call_choose_home"),
    path("calls/<uuid:call>/phone/", views.call_phone, name="call_phone"),
    path("calls/<uuid:call>/billing/", views.call_billing, name="call_billing"),
    path(
        "calls/<uuid:call>/articles/<slug:article>/send/",
        views.call_send_article,
        name="call_send_article",
    ),
]
