"""Pages of the editions."""

from shouwen.editions.views.deciding import (
    edition_approve,
    edition_recount,
    edition_refuse,
    edition_submit,
)
from shouwen.editions.views.drafting import (
    draft_choose,
    draft_clause,
    draft_rule,
    draft_rule_drop,
    draft_start,
    edition_discard,
    edition_upload,
)
from shouwen.editions.views.looking import (
    edition,
    edition_diff,
    edition_impact,
    edition_moves,
    edition_zip,
    editions,
)
from shouwen.editions.views.whatif import (
    whatif,
    whatif_ask,
    whatif_cancel,
    whatif_flips,
    whatif_progress,
)

__all__ = [
    "draft_choose",
    "draft_clause",
    "draft_rule",
    "draft_rule_drop",
    "draft_start",
    "edition",
    "edition_approve",
    "edition_diff",
    "edition_discard",
    "edition_impact",
    "edition_moves",
    "edition_recount",
    "edition_refuse",
    "edition_submit",
    "edition_upload",
    "edition_zip",
    "editions",
    "whatif",
    "whatif_ask",
    "whatif_cancel",
    "whatif_flips",
    "whatif_progress",
]
