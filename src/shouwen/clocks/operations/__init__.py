"""What can be done to clocks: start them, judge them anew, move time on, compare them with the journal."""

from shouwen.clocks.operations.filling import FILL_RULINGS, fill
from shouwen.clocks.operations.folding import fold, mend_figures
from shouwen.clocks.operations.moving import take_over
from shouwen.clocks.operations.new_calendar import (
    REJUDGE_ONE,
    REJUDGE_OPEN,
    ask_to_rejudge,
    spread,
)
from shouwen.clocks.operations.recomputing import Difference, also_recompute, recompute
from shouwen.clocks.operations.rejudging import TURNED, Answering, bring_up_to_date, rejudge
from shouwen.clocks.operations.ruling import settle, take_back
from shouwen.clocks.operations.starting import set_owner, start_clocks
from shouwen.clocks.operations.ticking import MILESTONE, tick
from shouwen.clocks.operations.unclocked import (
    Decided,
    compared,
    groundless,
    restate,
    rulings_on,
)

__all__ = [
    "FILL_RULINGS",
    "MILESTONE",
    "REJUDGE_ONE",
    "REJUDGE_OPEN",
    "TURNED",
    "Answering",
    "Decided",
    "Difference",
    "also_recompute",
    "ask_to_rejudge",
    "bring_up_to_date",
    "compared",
    "fill",
    "fold",
    "groundless",
    "mend_figures",
    "recompute",
    "rejudge",
    "restate",
    "rulings_on",
    "set_owner",
    "settle",
    "spread",
    "start_clocks",
    "take_back",
    "take_over",
    "tick",
]
