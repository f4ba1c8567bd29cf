"""What happens under control: acts that need leave, an entry or a record, and what came of them.

Every event names its `act` (core/acts.py). `by`: who did it. `for`: whose staff number was used.
"""

from shouwen.core.events.event import EventKind

# What an entry of the register, or the act itself, may say.
_ENTRY = ("purpose", "print", "medium", "desk", "software", "keeper", "destroy_on", "result")

CUSTODY_EVENTS: tuple[EventKind, ...] = (
    EventKind("custody.asked", "custody", "申请", "asked for", ("act", "by", "for", "purpose")),
    EventKind(
        "custody.approved",
        "custody",
        "同意",
        "consented to",
        ("act", "by", "role", "since", "until"),
    ),
    EventKind("custody.withdrawn", "custody", "撤回同意", "consent withdrawn", ("act", "by")),
    EventKind("custody.refused", "custody", "拦下", "refused", ("act", "by", "reason")),
    EventKind(
        "custody.done", "custody", "受控行为", "controlled act", ("act", "by", "for", *_ENTRY)
    ),
    EventKind(
        "custody.registered",
        "custody",
        "登记保管",
        "entered in the register",
        ("act", "by", *_ENTRY),
    ),
    EventKind("custody.returned", "custody", "归还", "returned", ("act", "by")),
    EventKind("custody.destroyed", "custody", "销毁", "destroyed", ("act", "by", "second")),
)
