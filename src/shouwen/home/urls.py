"""Addresses of the start pages."""

from django.urls import path

from shouwen.home import views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("work/rows/", views.my_work_rows, name="my_work_rows"),
    path("clocks/", views.clock_board, name="clock_board"),
    path("clocks/rows/", views.clock_board_rows, name="clock_board_rows"),
    path("clocks/<uuid:clock>/why/", views.why, name="why"),
    path("jobs/", views.dead_jobs, name="dead_jobs"),
    path("jobs/<int:job>/retry/", views.revive_job, name="revive_job"),
    path("jobs/<int:job>/give-up/", views.give_up_job, name="give_up_job"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("preferences/", views.preferences, name="preferences"),
]
