"""Addresses of the hotline: a call and what is shown beside it."""

from django.urls import path

from shouwen.hotline import views

urlpatterns = [
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
