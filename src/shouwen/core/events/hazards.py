"""What happens to a hazard at a customer's, from finding it to closing it."""

from shouwen.core.events.event import EventKind

HAZARDS_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "hazard.found",
        "hazard",
        "发现隐患",
        "hazard found",
        ("number", "code", "grade", "visit", "order", "channel"),
    ),
    EventKind(
        "hazard.found_again", "hazard", "再次发现", "found again", ("code", "grade", "visit")
    ),
    EventKind("hazard.graded", "hazard", "等级提高", "grade raised", ("grade", "before")),
    EventKind(
        "hazard.read",
        "hazard",
        "读数",
        "reading",
        ("reading", "value", "stands", "instrument", "moment"),
    ),
    EventKind("hazard.photo_added", "hazard", "照片", "photo added", ("sha256", "size")),
    EventKind("hazard.made_safe", "hazard", "停用停气", "made safe", ("stop", "seal")),
    EventKind("hazard.told", "hazard", "口头告知", "told"),
    EventKind(
        "hazard.notice_made",
        "hazard",
        "开通知单",
        "notice made",
        ("notice", "until"),
    ),
    EventKind(
        "hazard.notified",
        "hazard",
        "书面告知送达",
        "written notice given",
        ("notice", "until", "how", "proof"),
    ),
    EventKind(
        "hazard.paper_sealed",
        "hazard",
        "通知单封存",
        "notice sealed",
        ("notice", "ordinal", "sha256", "signature", "key"),
    ),
    EventKind("hazard.reminded", "hazard", "催促整改", "reminded", ("text", "channel")),
    EventKind("hazard.rectified", "hazard", "报称改好", "reported put right", ("by", "channel")),
    EventKind("hazard.recheck_ordered", "hazard", "派复查单", "re-check ordered", ("order",)),
    EventKind("hazard.recheck_passed", "hazard", "复查合格", "re-check passed", ("visit",)),
    EventKind("hazard.recheck_failed", "hazard", "复查不合格", "re-check failed", ("visit",)),
    EventKind("hazard.gas_back", "hazard", "恢复用气", "gas back"),
    EventKind("hazard.removed", "hazard", "永久拆除", "removed for good", ("reason",)),
    EventKind("hazard.closed", "hazard", "隐患闭环", "hazard closed"),
    EventKind("hazard.escalated", "hazard", "逾期上报", "escalated", ("rung", "rule", "to")),
)
