"""Addresses of the hall."""

from django.urls import path

from shouwen.counter.views import desk, hall, serving

urlpatterns = [
    path("counter/", desk.counter, name="counter"),
    path("counter/queue/", desk.counter_queue, name="counter_queue"),
    path("counter/find/", serving.counter_find, name="counter_find"),
    path("counter/act/<slug:what>/", desk.counter_act, name="counter_act"),
    path("counter/serve/<slug:what>/", serving.counter_serve, name="counter_serve"),
    path("counter/tickets/new", hall.ticket_new, name="ticket_new"),
    path("counter/tickets/<uuid:ticket>/", hall.ticket, name="ticket"),
]
