"""What happens to the system itself."""

from shouwen.core.events.event import EventKind

SYSTEM_EVENTS: tuple[EventKind, ...] = (
    EventKind("data.read", "system", "查阅资料", "data read", ("field", "purpose")),
    EventKind("calendar.year_missing", "system", "日历缺年度", "calendar year missing", ("year",)),
    EventKind("calendar.uploaded", "calendar", "上传日历", "calendar uploaded", ("digest",)),
    EventKind(
        "calendar.published",
        "calendar",
        "发布日历",
        "calendar published",
        ("digest", "version"),
    ),
    EventKind("calendar.refused", "calendar", "退回日历", "calendar sent back"),
    EventKind("calls.replayed", "system", "重放录音记录", "calls replayed"),
    EventKind("pack.drafted", "pack", "起草标准", "standard drafted", ("base",)),
    EventKind("pack.changed", "pack", "改动草案", "draft of the standard changed", ("seal",)),
    EventKind("pack.submitted", "pack", "送审标准", "standard submitted", ("seal",)),
    EventKind("pack.approved", "pack", "批准标准", "standard approved", ("seal",)),
    EventKind("pack.refused", "pack", "退回标准", "standard sent back", ("reason",)),
    EventKind("pack.discarded", "pack", "作废草案", "draft of the standard discarded"),
    EventKind(
        "pack.published", "pack", "发布标准", "standard published", ("number", "digest", "seal")
    ),
    EventKind(
        "pack.applied", "pack", "按新版重判完", "clocks moved to the new edition", ("moved",)
    ),
)
