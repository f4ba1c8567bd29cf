"""What happens at the door and inside on a visit, step by step."""

from shouwen.core.events.event import EventKind

VISITS_EVENTS: tuple[EventKind, ...] = (
    EventKind("visit.door_opened", "visit", "客户开门", "door opened"),
    EventKind("visit.entered", "visit", "入户", "entered"),
    EventKind("visit.no_answer", "visit", "无人应门", "nobody answered"),
    EventKind(
        "visit.step_done",
        "visit",
        "完成一步",
        "step done",
        ("rule", "step", "seconds", "count", "said", "skipped_because", "evidence"),
    ),
    EventKind("visit.said", "visit", "说了规定用语", "line said", ("rule", "line")),
    EventKind("visit.help_asked", "visit", "请客户帮忙", "help asked for"),
    EventKind("visit.leaving", "visit", "告辞", "taking leave"),
    EventKind("visit.at_the_door", "visit", "走到门口", "at the door, leaving"),
    EventKind(
        "visit.reading", "visit", "记下读数", "reading taken", ("what", "value", "unit", "over")
    ),
    EventKind(
        "visit.conflict_found",
        "conflict",
        "手机记录与站里不一致",
        "phone and office differ",
        ("reason", "event", "order"),
    ),
    EventKind(
        "visit.conflict_decided",
        "conflict",
        "两边不一致已决定",
        "difference decided",
        ("decision", "reason"),
    ),
    EventKind("device.registered", "device", "登记手机", "phone registered"),
    EventKind("device.wipe_asked", "device", "要求清除手机数据", "phone to be wiped"),
    EventKind("device.wiped", "device", "手机数据已清除", "phone wiped"),
)
