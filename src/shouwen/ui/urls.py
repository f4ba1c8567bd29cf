"""Routes of /ui/."""

from django.urls import path

from shouwen.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("pages/work/", views.my_work, name="my_work"),
    path("pages/work/rows/", views.my_work_rows, name="my_work_rows"),
    path("pages/clocks/", views.clocks, name="clocks"),
    path("pages/clocks/rows/", views.clock_rows, name="clock_rows"),
    path("pages/case/", views.case_page, name="case"),
    path("pages/case/body/", views.case_body, name="case_body"),
    path("pages/phone/", views.phone, name="phone"),
    path("pages/sign-in/", views.sign_in, name="sign_in"),
    path("pages/<int:status>/", views.fault, name="fault"),
    path("preferences/", views.keep_preferences, name="preferences"),
]
