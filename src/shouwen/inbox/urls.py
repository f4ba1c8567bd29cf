"""Addresses of letters: the inbox of agents, and the form on the web."""

from django.urls import path

from shouwen.inbox.views import acting, looking, web

urlpatterns = [
    path("contact/", web.contact, name="contact"),
    path("contact/status/", web.contact_status, name="contact_status"),
    path("inbox/", looking.inbox, name="inbox"),
    path("inbox/rows/", looking.inbox_rows, name="inbox_rows"),
    path("inbox/alarms/", looking.letter_alarms, name="letter_alarms"),
    path("inbox/<slug:receipt>/", looking.letter, name="letter"),
    path("inbox/<slug:receipt>/phone/", looking.letter_phone, name="letter_phone"),
    path("inbox/<slug:receipt>/files/<int:ordinal>/", looking.letter_file, name="letter_file"),
    path("inbox/<slug:receipt>/act/<slug:what>/", acting.letter_act, name="letter_act"),
]
