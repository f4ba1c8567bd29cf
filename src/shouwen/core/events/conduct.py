"""How people do their work: lists looked through and ticked by people, advice shown and taken."""

from shouwen.core.events.event import EventKind

CONDUCT_EVENTS: tuple[EventKind, ...] = (
    EventKind("guidance.shown", "guidance", "给出提示", "guidance shown", ("rule", "used")),
)
