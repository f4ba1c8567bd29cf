"""What happens at the hall: tickets of the queue, and the steps at the counter."""

from shouwen.core.events.event import EventKind

COUNTER_EVENTS: tuple[EventKind, ...] = (
    EventKind("ticket.taken", "contact", "取号", "ticket taken", ("business", "number", "care")),
    EventKind("ticket.called", "contact", "叫号", "called", ("counter", "times", "waited")),
    EventKind("ticket.not_come", "contact", "叫号未到", "did not come", ("times",)),
    EventKind("ticket.came_back", "contact", "过号后回来", "came back after all"),
    EventKind(
        "ticket.passed_on", "contact", "转窗口", "sent to another counter", ("to", "business")
    ),
    EventKind(
        "contact.step_done",
        "contact",
        "接待中完成一步",
        "step done at the counter",
        ("rule", "step", "seconds", "count", "said"),
    ),
    EventKind("counter.opened", "staff", "开窗口", "counter opened", ("counter",)),
    EventKind("counter.closed", "staff", "离开窗口", "counter closed", ("counter",)),
)
