"""What people learn and how it is examined."""

from shouwen.core.events.event import EventKind

LEARNING_EVENTS: tuple[EventKind, ...] = (
    EventKind("training.attended", "staff", "参加培训", "training attended", ("topics",)),
    EventKind(
        "exam.taken",
        "staff",
        "参加考核",
        "exam taken",
        ("score", "passed", "paper", "valid_until"),
    ),
    EventKind("certificate.revoked", "staff", "吊销合格证", "certificate revoked", ("reason",)),
)
