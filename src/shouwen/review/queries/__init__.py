"""Reading what was reviewed: who waits, one review with its call, what came of all of them."""

from shouwen.clocks.queries import reviewing_plan
from shouwen.review.queries.coaching import coaching_of, open_coaching
from shouwen.review.queries.lists import (
    appeals_to_decide,
    draws,
    open_reviews,
    own_reviews,
    sent_reviews,
)
from shouwen.review.queries.results import Precision, agreements, precision
from shouwen.review.queries.whole import Finding, WholeReview, review_with, standing_of, whole
from shouwen.standard.faults import PackFaults
from shouwen.standard.reviewing import Reviewing

__all__ = [
    "Finding",
    "Precision",
    "WholeReview",
    "agreements",
    "appeals_to_decide",
    "coaching_of",
    "draws",
    "open_coaching",
    "open_reviews",
    "own_reviews",
    "precision",
    "readable_reviewing",
    "review_with",
    "sent_reviews",
    "standing_of",
    "whole",
]


def readable_reviewing() -> Reviewing:
    """How calls are reviewed; the defaults while the file cannot be read."""
    try:
        return reviewing_plan()
    except PackFaults:
        return Reviewing()
