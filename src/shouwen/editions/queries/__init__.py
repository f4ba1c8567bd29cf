"""Reading editions of the standard."""

from shouwen.editions.queries.editions import (
    draft_for,
    edition_path,
    edition_with,
    editions_listed,
    in_force,
    loaded,
    new_versions,
    open_drafts,
    readable,
    waiting_changes,
)
from shouwen.editions.queries.passings import (
    After,
    TeamCount,
    moves_of,
    teams_of,
)

__all__ = [
    "After",
    "TeamCount",
    "draft_for",
    "edition_path",
    "edition_with",
    "editions_listed",
    "in_force",
    "loaded",
    "moves_of",
    "new_versions",
    "open_drafts",
    "readable",
    "teams_of",
    "waiting_changes",
]
