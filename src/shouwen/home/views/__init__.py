"""Start pages: signing in and out, preferences, my work, the clock board."""

from shouwen.home.views.clock_board import clock_board, clock_board_rows, why
from shouwen.home.views.my_work import my_work, my_work_rows
from shouwen.home.views.signing_in import preferences, sign_in, sign_out

__all__ = [
    "clock_board",
    "clock_board_rows",
    "my_work",
    "my_work_rows",
    "preferences",
    "sign_in",
    "sign_out",
    "why",
]
