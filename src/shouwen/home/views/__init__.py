"""Start pages: coming in and going, one's own security, desks, alarms, my work, the clock board."""

from shouwen.home.views.alarm import alarm
from shouwen.home.views.clock_board import clock_board, clock_board_rows
from shouwen.home.views.dead_jobs import dead_jobs, give_up_job, revive_job
from shouwen.home.views.desks import desks, register, revoke
from shouwen.home.views.locking import awake, lock_screen
from shouwen.home.views.my_work import my_work, my_work_rows
from shouwen.home.views.second_factor import sign_in_code, sign_in_set_up
from shouwen.home.views.security import (
    add_passkey,
    change_password,
    end_one,
    end_others,
    new_codes,
    remove_factor,
    security,
    set_up_app,
)
from shouwen.home.views.signing_in import preferences, sign_in, sign_out
from shouwen.home.views.why import why

__all__ = [
    "add_passkey",
    "alarm",
    "awake",
    "change_password",
    "clock_board",
    "clock_board_rows",
    "dead_jobs",
    "desks",
    "end_one",
    "end_others",
    "give_up_job",
    "lock_screen",
    "my_work",
    "my_work_rows",
    "new_codes",
    "preferences",
    "register",
    "remove_factor",
    "revive_job",
    "revoke",
    "security",
    "set_up_app",
    "sign_in",
    "sign_in_code",
    "sign_in_set_up",
    "sign_out",
    "why",
]
