"""The steps of an explanation that only clocks and exceptions have, with their parameters."""

from collections.abc import Mapping

CLOCK_STEP_CODES: Mapping[str, tuple[str, ...]] = {
    "limit": ("value", "unit"),
    "after_rule_met": ("rule", "at"),
    "after_rule_missed": ("rule", "at"),
    "all_happened": ("at",),
    "starts_after": ("value", "unit", "reported_at", "at"),
    "starts_on_day": ("reported_at", "day", "at"),
    "limit_from": ("value", "unit", "field", "at"),
    "limit_bounded": ("given", "value", "unit"),
    "value_missing": ("field",),
    "value_not_given": ("zh", "en"),
    "reported_between": ("from", "to"),
    "on_the_boundary": ("why",),
    "end_of_day": ("n",),
    "wall_clock": ("at",),
    "until": ("at", "made_at"),
    "appointed": ("from", "to", "made_at"),
    "tolerated": ("from", "to"),
    "came_early": ("at", "from"),
    "changed_too_late": ("made_at",),
    "claim": ("zh", "en", "section", "at"),
    "claim_silent": ("zh", "en", "section"),
    "chosen_earliest": ("zh", "en", "at"),
    "chosen_latest": ("zh", "en", "at"),
    "soft_limit": ("value", "unit", "at"),
    "soft_passed": ("at",),
    "agreed_time": ("at", "reported_at"),
    "agreed_due": ("at", "reported_at"),
    "agreed_time_too_late": ("at", "made_at"),
    "agreed_time_too_far": ("at", "value", "unit"),
    "agreed_time_unusable": ("at",),
    "pause_refused": ("from", "reason", "why"),
    "excepted": ("at", "reason", "approver", "evidence"),
    "exception_refused": ("at", "reason", "why"),
}
"""Moments are UTC, `why` is the code of a reason that the catalogue words, `zh` and `en` are names
from the pack."""
