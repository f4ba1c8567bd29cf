"""What can become of an attempt to call back."""

from shouwen.cases.presenters.reasons import outcomes as outcome_words

__all__ = ["CLOSED_BY_ANSWER", "outcome_words"]

CLOSED_BY_ANSWER = ("consultation", "other", "follow_up")
"""Kinds of matter that are usually over once the customer has been spoken to."""
