"""Reading clocks: rows for lists, fresh judgements with their reasons, the standard in force."""

from shouwen.clocks.queries.calendar_moves import (
    Move,
    Moves,
    clocks_to_rejudge,
    moves,
)
from shouwen.clocks.queries.judgements import FreshVerdict, verdict_of
from shouwen.clocks.queries.rows import (
    After,
    clocks_of,
    counts_by_state,
    due_clocks,
    kept_today,
    missed_count,
    open_clocks,
)
from shouwen.clocks.queries.standard import (
    active_calendar,
    active_pack,
    active_pack_path,
    calendar_folder,
    cockpit_plan,
    edition_in_force,
    editions_folder,
    escalation_ladder,
    known_editions,
    look_again,
    pack_in,
    pack_with,
)
from shouwen.clocks.queries.upcoming import Foreseen, foreseen, foreseen_if
from shouwen.clocks.queries.version_moves import (
    TakenOver,
    Takeover,
    clocks_to_take_over,
    histories,
    subjects_to_take_over,
    taken_over,
)

__all__ = [
    "After",
    "Foreseen",
    "FreshVerdict",
    "Move",
    "Moves",
    "TakenOver",
    "Takeover",
    "active_calendar",
    "active_pack",
    "active_pack_path",
    "calendar_folder",
    "clocks_of",
    "clocks_to_rejudge",
    "clocks_to_take_over",
    "cockpit_plan",
    "counts_by_state",
    "due_clocks",
    "edition_in_force",
    "editions_folder",
    "escalation_ladder",
    "foreseen",
    "foreseen_if",
    "histories",
    "kept_today",
    "known_editions",
    "look_again",
    "missed_count",
    "moves",
    "open_clocks",
    "pack_in",
    "pack_with",
    "subjects_to_take_over",
    "taken_over",
    "verdict_of",
]
