"""What happens outside: visits, follow-ups, gifts."""

from shouwen.core.events.event import EventKind

FIELD_EVENTS: tuple[EventKind, ...] = (
    EventKind("order.made", "order", "生成派工单", "order made", ("kind", "case", "urgent")),
    EventKind("order.assigned", "order", "派工", "assigned", ("to", "replaced")),
    EventKind("order.accepted", "order", "接单", "accepted"),
    EventKind("order.refused", "order", "退单", "refused", ("reason",)),
    EventKind("order.withdrawn", "order", "收回派工", "assignment taken back", ("from",)),
    EventKind("order.planned", "order", "改派工时间", "planned anew", ("from", "until")),
    EventKind("order.departed", "order", "出发", "departed"),
    EventKind("order.arrived", "order", "到达", "arrived"),
    EventKind("order.work_begun", "order", "开始处置", "first action"),
    EventKind("order.finished", "order", "完工", "finished", ("outcome",)),
    EventKind("order.no_access", "order", "未能入户", "no access", ("reason",)),
    EventKind("order.referred", "order", "告知并转出", "told or referred", ("reason", "to")),
    EventKind("order.cancelled", "order", "撤销派工单", "order cancelled", ("reason",)),
    EventKind("order.paged", "order", "催派", "paged", ("to", "step", "channel")),
    EventKind("visit.started", "visit", "开始上门", "visit set about", ("order", "device")),
    EventKind("visit.reminded", "visit", "上门前提醒", "customer reminded", ("channel",)),
    EventKind("visit.confirmed", "visit", "客户确认", "confirmed by the customer", ("channel",)),
    EventKind("visit.running_late", "visit", "预计赶不上", "running late", ("eta",)),
    EventKind("visit.called_off", "visit", "取消约定", "appointment called off", ("reason",)),
    EventKind(
        "visit.appointed",
        "visit",
        "约定上门",
        "visit appointed",
        ("at", "from", "until", "order", "channel"),
    ),
    EventKind("visit.delay_told", "visit", "告知迟到", "delay told", ("channel", "eta")),
    EventKind("visit.arrived", "visit", "到达", "arrived at the visit"),
    EventKind("visit.ended", "visit", "离开", "visit ended", ("outcome",)),
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
    EventKind("gift.offered", "gift", "遇到馈赠", "gift offered"),
    EventKind(
        "gift.reported",
        "gift",
        "报告馈赠",
        "gift reported",
        ("offered_at", "refused", "missing"),
    ),
    EventKind("gift.decided", "gift", "批示馈赠", "gift decided", ("decision",)),
)
