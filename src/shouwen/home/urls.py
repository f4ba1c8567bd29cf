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
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("sign-in/set-up/", views.sign_in_set_up, name="sign_in_set_up"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("lock/", views.lock_screen, name="lock"),
    path("awake/", views.awake, name="awake"),
    path("security/", views.security, name="security"),
    path("security/password/", views.change_password, name="change_password"),
    path("security/app/", views.set_up_app, name="set_up_app"),
    path("security/passkey/", views.add_passkey, name="add_passkey"),
    path("security/codes/", views.new_codes, name="new_codes"),
    path("security/factors/<int:factor>/remove/", views.remove_factor, name="remove_factor"),
    path("security/sign-ins/end/", views.end_others, name="end_others"),
    path("security/sign-ins/<uuid:row>/end/", views.end_one, name="end_sign_in"),
    path("desks/", views.desks, name="desks"),
    path("desks/register/", views.register, name="register_desk"),
    path("desks/<uuid:desk>/revoke/", views.revoke, name="revoke_desk"),
    path("alarm/", views.alarm, name="alarm"),
    path("preferences/", views.preferences, name="preferences"),
]
