"""What can be done to clocks: start them, judge them anew, move time on, compare them with the journal."""

from shouwen.clocks.operations.moving import take_over
from shouwen.clocks.operations.new_calendar import (
    REJUDGE_ONE,
    REJUDGE_OPEN,
    ask_to_rejudge,
    spread,
)
from shouwen.clocks.operations.recomputing import Difference, recompute
from shouwen.clocks.operations.rejudging import TURNED, bring_up_to_date, rejudge
from shouwen.clocks.operations.starting import set_owner, start_clocks
from shouwen.clocks.operations.ticking import MILESTONE, tick

__all__ = [
    "MILESTONE",
    "REJUDGE_ONE",
    "REJUDGE_OPEN",
    "TURNED",
    "Difference",
    "ask_to_rejudge",
    "bring_up_to_date",
    "recompute",
    "rejudge",
    "set_owner",
    "spread",
    "start_clocks",
    "take_over",
    "tick",
]
