"""Start pages as plain values."""

from shouwen.home.presenters.board import clock_board_page, wanted_states
from shouwen.home.presenters.dead_jobs import dead_jobs_page
from shouwen.home.presenters.signing_in import sign_in_page, sign_in_shell
from shouwen.home.presenters.work import my_work_page

__all__ = [
    "clock_board_page",
    "dead_jobs_page",
    "my_work_page",
    "sign_in_page",
    "sign_in_shell",
    "wanted_states",
]
