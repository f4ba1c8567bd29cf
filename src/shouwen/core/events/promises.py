"""What happens to promises and clocks."""

from shouwen.core.events.event import EventKind

PROMISES_EVENTS: tuple[EventKind, ...] = (
    EventKind("promise.made", "promise", "作出承诺", "promise made", ("kind", "at", "case")),
    EventKind("promise.kept", "promise", "兑现承诺", "promise kept"),
    EventKind("promise.missed", "promise", "承诺逾期", "promise missed"),
    EventKind(
        "promise.withdrawn", "promise", "撤回承诺", "promise withdrawn", ("reason", "approver")
    ),
    EventKind(
        "promise.tried",
        "promise",
        "回电一次",
        "call-back tried",
        ("outcome", "number", "next_at", "call", "case"),
    ),
    EventKind(
        "promise.tries_over",
        "promise",
        "回电没有打通，不再自动安排",
        "call-back tries used up",
        ("why", "number", "to", "message", "case"),
    ),
    EventKind(
        "promise.call_given", "promise", "请人代打回电", "call-back given to", ("to", "case")
    ),
    EventKind("promise.handed_over", "promise", "移交承诺", "promise handed over"),
    EventKind("clock.facts_set", "clock", "记下判定要素", "facts set"),
    EventKind("clock.started", "clock", "开始计时", "clock started"),
    EventKind(
        "clock.moved",
        "clock",
        "改按新版标准",
        "moved to a newer version of the rule",
        ("clock", "rule", "rule_from", "due_before", "due_after"),
    ),
    EventKind("clock.warned", "clock", "临期提醒", "clock warned"),
    EventKind("clock.missed", "clock", "超时", "clock missed", ("rule", "due_at")),
    EventKind("clock.met", "clock", "按时完成", "clock met", ("rule", "due_at")),
)
