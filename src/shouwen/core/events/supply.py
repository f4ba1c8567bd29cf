"""What happens to the supply: outages and how they are told, inspections, gas quality."""

from shouwen.core.events.event import EventKind

_TOLD = ("channel", "contents", "proof", "untold")

SUPPLY_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "outage.planned", "outage", "计划停气", "outage planned", ("at", "until", "homes", "hours")
    ),
    EventKind("outage.announced", "outage", "停气通知", "outage announced", _TOLD),
    EventKind("outage.cancelled", "outage", "取消停气", "outage called off", ("reason",)),
    EventKind("outage.started", "outage", "停气", "outage started"),
    EventKind("outage.emergency", "outage", "突发停气", "emergency outage", ("cause", "homes")),
    EventKind("outage.emergency_told", "outage", "告知突发停气", "emergency outage told", _TOLD),
    EventKind("outage.extended", "outage", "停气延时", "outage extended", ("until",)),
    EventKind("outage.extension_told", "outage", "告知停气延时", "extension told", _TOLD),
    EventKind("outage.restored", "outage", "恢复供气", "gas restored"),
    EventKind("outage.restoration_told", "outage", "告知恢复供气", "restoration told", _TOLD),
    EventKind("inspection.done", "premises", "完成安检", "inspection done", ("result",)),
    EventKind("inspection.no_access", "premises", "未能入户", "no access", ("band",)),
    EventKind("inspection.refused", "premises", "拒绝安检", "inspection refused", ("reason",)),
    EventKind("inspection.voided", "premises", "安检作废", "inspection voided", ("reason",)),
    EventKind(
        "inspection.excepted",
        "premises",
        "暂不安检",
        "inspection excepted",
        ("reason", "evidence", "approver", "until"),
    ),
    EventKind("inspection.resumed", "premises", "恢复安检", "inspection due again"),
    EventKind(
        "gas.tested",
        "system",
        "检测气质",
        "gas quality tested",
        ("tested_on", "item", "result", "standard", "missing"),
    ),
)
