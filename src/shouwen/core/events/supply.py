"""What happens to the supply: outages and how they are told, inspections, quality tests."""

from shouwen.core.events.event import EventKind

_TOLD = ("channel", "contents", "proof", "untold")
_TESTED = ("tested_on", "item", "result", "standard", "missing")

SUPPLY_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "outage.planned", "outage", "计划停供", "outage planned", ("at", "until", "homes", "hours")
    ),
    EventKind("outage.announced", "outage", "停供通知", "outage announced", _TOLD),
    EventKind("outage.cancelled", "outage", "取消停供", "outage called off", ("reason",)),
    EventKind("outage.started", "outage", "停供", "outage started"),
    EventKind("outage.emergency", "outage", "突发停供", "emergency outage", ("cause", "homes")),
    EventKind("outage.emergency_told", "outage", "告知突发停供", "emergency outage told", _TOLD),
    EventKind("outage.extended", "outage", "停供延时", "outage extended", ("until",)),
    EventKind("outage.extension_told", "outage", "告知停供延时", "extension told", _TOLD),
    EventKind("outage.restored", "outage", "恢复供应", "supply restored"),
    EventKind("outage.restoration_told", "outage", "告知恢复供应", "restoration told", _TOLD),
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
        _TESTED,
    ),
    EventKind("supply.tested", "system", "检测供应质量", "quality of the supply tested", _TESTED),
)
