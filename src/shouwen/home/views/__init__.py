"""Start pages: signing in and out, preferences, my work, the clock board, dead jobs."""

from shouwen.home.views.clock_board import clock_board, clock_board_rows, why
from shouwen.home.views.dead_jobs import dead_jobs, give_up_job, revive_job
from shouwen.home.views.my_work import my_work, my_work_rows
from shouwen.home.views.signing_in import preferences, sign_in, sign_out

__all__ = [
    "clock_board",
    "clock_board_rows",
    "dead_jobs",
    "give_up_job",
    "my_work",
    "my_work_rows",
    "preferences",
    "revive_job",
    "sign_in",
    "sign_out",
    "why",
]
