"""What happens on a telephone call."""

from shouwen.core.events.event import EventKind

CALLS_EVENTS: tuple[EventKind, ...] = (
    EventKind("call.rang", "call", "振铃", "rang"),
    EventKind("call.answered", "call", "接听", "answered"),
    EventKind("call.held", "call", "保持", "held"),
    EventKind("call.resumed", "call", "恢复通话", "resumed"),
    EventKind("call.transferred", "call", "转接", "transferred", ("to",)),
    EventKind("call.promised_call_back", "call", "承诺回电", "call-back promised"),
    EventKind(
        "call.step_done",
        "call",
        "通话中完成一步",
        "step done on the call",
        ("rule", "step", "seconds", "count", "said", "skipped_because", "evidence"),
    ),
    EventKind("call.ended", "call", "挂机", "ended", ("by", "cause")),
)
