"""Calls that people listen to again: drawn, judged, told, appealed against, learned from."""

from shouwen.core.events.event import EventKind

REVIEWS_EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "review.drawn",
        "draw",
        "抽取复核的通话",
        "calls drawn for review",
        ("seed", "since", "until", "population", "drawn", "plan"),
    ),
    EventKind("review.begun", "review", "开始复核", "review begun", ("call", "round")),
    EventKind(
        "review.decided",
        "review",
        "判定一条发现",
        "finding decided",
        ("call", "rule", "number", "decision", "verdict", "reason", "turn"),
    ),
    EventKind("review.undone", "review", "撤回判定", "decision taken back", ("rule", "number")),
    EventKind(
        "review.sent",
        "review",
        "复核完成，发给坐席",
        "review finished and told to the agent",
        ("call", "points", "out_of", "round"),
    ),
    EventKind("review.second_asked", "review", "请第二人复核", "second reviewer asked", ("call",)),
    EventKind(
        "review.corrected", "call", "改正判定", "verdict corrected", ("rule", "number", "verdict")
    ),
    EventKind(
        "review.appealed", "review", "坐席申诉", "agent appealed", ("rule", "number", "due")
    ),
    EventKind(
        "review.appeal_decided",
        "review",
        "申诉有了结果",
        "appeal decided",
        ("rule", "number", "outcome", "verdict", "reason"),
    ),
    EventKind("coaching.set", "staff", "安排辅导", "coaching set", ("rule", "due", "reviews")),
    EventKind("coaching.done", "staff", "辅导完成", "coaching done", ("rule",)),
)
