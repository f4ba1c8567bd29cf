"""What happens outside: outages, visits, inspections, follow-ups, gifts."""

from shouwen.core.events.event import EventKind

FIELD_EVENTS: tuple[EventKind, ...] = (
    EventKind("outage.planned", "outage", "计划停气", "outage planned", ("hours", "at")),
    EventKind("outage.announced", "outage", "停气通知", "outage announced", ("channel",)),
    EventKind("outage.started", "outage", "停气", "outage started"),
    EventKind("outage.restored", "outage", "恢复供气", "gas restored"),
    EventKind("visit.appointed", "visit", "约定上门", "visit appointed", ("at", "from", "until")),
    EventKind("visit.delay_told", "visit", "告知迟到", "delay told"),
    EventKind("visit.arrived", "visit", "到达", "arrived at the visit"),
    EventKind("visit.ended", "visit", "离开", "visit ended"),
    EventKind("inspection.done", "premises", "完成安检", "inspection done"),
    EventKind("inspection.no_access", "premises", "未能入户", "no access"),
    EventKind("followup.made", "followup", "完成回访", "follow-up made", ("result",)),
    EventKind("followup.attempted", "followup", "尝试回访", "follow-up attempted"),
    EventKind("gift.reported", "staff", "报告馈赠", "gift reported"),
    EventKind("gift.decided", "staff", "批示馈赠", "gift decided"),
)
