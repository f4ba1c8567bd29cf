"""Addresses of the pages about people."""

from django.urls import path

from shouwen.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.person_new, name="person_new"),
    path("people/<slug:staff_no>/", views.person, name="person"),
    path("people/<slug:staff_no>/change/", views.person_change, name="person_change"),
    path("people/<slug:staff_no>/deactivate/", views.person_deactivate, name="person_deactivate"),
    path("people/<slug:staff_no>/reactivate/", views.person_reactivate, name="person_reactivate"),
    path("people/<slug:staff_no>/link/", views.person_link, name="person_link"),
    path("set-password/<str:token>/", views.set_password, name="set_password"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/upload/", views.calendar_upload, name="calendar_upload"),
    path("calendar/<uuid:draft>/", views.calendar_draft, name="calendar_draft"),
    path("calendar/<uuid:draft>/publish/", views.calendar_publish, name="calendar_publish"),
    path("calendar/<uuid:draft>/refuse/", views.calendar_refuse, name="calendar_refuse"),
    path("shifts/", views.shifts, name="shifts"),
    path("shifts/add/", views.shift_add, name="shift_add"),
    path("shifts/copy/", views.shifts_copy, name="shifts_copy"),
    path("shifts/import/", views.shifts_import, name="shifts_import"),
    path("shifts/template.xlsx", views.shifts_template, name="shifts_template"),
    path("shifts/<uuid:shift>/change/", views.shift_change, name="shift_change"),
    path("shifts/<uuid:shift>/remove/", views.shift_remove, name="shift_remove"),
]
