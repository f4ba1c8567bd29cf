"""Reading the day of the field."""

from shouwen.dispatch.queries.board import Board, Day, Lane, board, day_of, lanes_of, load_places
from shouwen.dispatch.queries.suggesting import Suggestion, suggestion

__all__ = [
    "Board",
    "Day",
    "Lane",
    "Suggestion",
    "board",
    "day_of",
    "lanes_of",
    "load_places",
    "suggestion",
]
