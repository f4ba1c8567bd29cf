"""Reading what the hotline knows: who is calling, and all that is worth knowing before the first word."""

from shouwen.hotline.queries.callers import (
    Caller,
    find_caller,
    find_customer,
    readable_leaves,
    readable_standard,
)

__all__ = [
    "Caller",
    "find_caller",
    "find_customer",
    "readable_leaves",
    "readable_standard",
]
