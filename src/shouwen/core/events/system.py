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
    EventKind("pack.published", "system", "发布标准", "standard published"),
)
