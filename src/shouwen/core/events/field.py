"""What happens outside: visits, follow-ups, gifts."""

from shouwen.core.events.event import EventKind

FIELD_EVENTS: tuple[EventKind, ...] = (
    EventKind("visit.appointed", "visit", "约定上门", "visit appointed", ("at", "from", "until")),
    EventKind("visit.delay_told", "visit", "告知迟到", "delay told"),
    EventKind("visit.arrived", "visit", "到达", "arrived at the visit"),
    EventKind("visit.ended", "visit", "离开", "visit ended"),
    EventKind(
        "followup.drawn",
        "followup",
        "抽中回访",
        "drawn for follow-up",
        ("seed", "n", "of", "case"),
    ),
    EventKind("followup.called", "followup", "拨打回访", "follow-up called"),
    EventKind("followup.made", "followup", "完成回访", "follow-up made", ("result", "missing")),
    EventKind(
        "followup.attempted", "followup", "尝试回访", "follow-up attempted", ("result", "missing")
    ),
    EventKind("gift.offered", "staff", "遇到馈赠", "gift offered"),
    EventKind(
        "gift.reported",
        "staff",
        "报告馈赠",
        "gift reported",
        ("offered_at", "refused", "missing"),
    ),
    EventKind("gift.decided", "staff", "批示馈赠", "gift decided"),
)
