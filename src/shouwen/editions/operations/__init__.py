"""What can be done with an edition of the standard: draft, change, submit, publish, send back; move clocks."""

from shouwen.editions.operations.checking import as_fault, checked
from shouwen.editions.operations.deciding import approve, refuse, submit
from shouwen.editions.operations.drafting import (
    RuleDraft,
    discard,
    drop_version,
    import_files,
    save_rule,
    start_draft,
    take_files,
)
from shouwen.editions.operations.first import ensure_first
from shouwen.editions.operations.installing import INSTALL, install, published
from shouwen.editions.operations.passing import (
    MOVE,
    PREVIEW,
    SPREAD,
    ask_for_preview,
    move,
    preview,
    spread,
)

__all__ = [
    "INSTALL",
    "MOVE",
    "PREVIEW",
    "SPREAD",
    "RuleDraft",
    "approve",
    "as_fault",
    "ask_for_preview",
    "checked",
    "discard",
    "drop_version",
    "ensure_first",
    "import_files",
    "install",
    "move",
    "preview",
    "published",
    "refuse",
    "save_rule",
    "spread",
    "start_draft",
    "submit",
    "take_files",
]
