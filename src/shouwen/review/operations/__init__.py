"""What reviewers, agents and leads do: draw, judge, send, appeal, coach."""

from shouwen.review.operations.appealing import (
    AlreadyDecided,
    TooLate,
    appeal,
    appeal_until,
    decide_appeal,
)
from shouwen.review.operations.coaching import finish_coaching, set_coaching
from shouwen.review.operations.drawing import EmptyPeriod, draw
from shouwen.review.operations.judging import (
    AlreadySent,
    Judging,
    NoSuchFinding,
    NotThatScore,
    StillOpen,
    TakenByOther,
    add_missed,
    confirm,
    refuse,
    score,
    undo,
)
from shouwen.review.operations.sending import send
from shouwen.review.operations.waving import waveforms_of

__all__ = [
    "AlreadyDecided",
    "AlreadySent",
    "EmptyPeriod",
    "Judging",
    "NoSuchFinding",
    "NotThatScore",
    "StillOpen",
    "TakenByOther",
    "TooLate",
    "add_missed",
    "appeal",
    "appeal_until",
    "confirm",
    "decide_appeal",
    "draw",
    "finish_coaching",
    "refuse",
    "score",
    "send",
    "set_coaching",
    "undo",
    "waveforms_of",
]
