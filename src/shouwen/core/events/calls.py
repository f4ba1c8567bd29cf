"""What happens on a telephone call."""

from shouwen.core.events.event import EventKind

CALLS_EVENTS: tuple[EventKind, ...] = (
    EventKind("call.arrived", "call", "来电", "arrived", ("queue",)),
    EventKind("call.rang", "call", "振铃", "rang", ("to",)),
    EventKind("call.answered", "call", "接听", "answered"),
    EventKind("call.not_taken", "call", "没接起", "not taken", ("by",)),
    EventKind("call.held", "call", "保持", "held"),
    EventKind("call.resumed", "call", "恢复通话", "resumed"),
    EventKind("call.transferred", "call", "转接", "transferred", ("to",)),
    EventKind("call.promised_call_back", "call", "承诺回电", "call-back promised"),
    EventKind("call.recording_there", "call", "有录音", "recording there"),
    EventKind("call.recording_played", "call", "听录音", "recording played", ("recording",)),
    EventKind(
        "call.recording_downloaded", "call", "下载录音", "recording downloaded", ("recording",)
    ),
    EventKind("call.not_reassigned", "call", "没有改派成", "call was not reassigned"),
    EventKind("call.reassigned", "call", "改派来电", "call reassigned", ("to", "queue")),
    EventKind(
        "call.sound_measured", "call", "录音已量", "recording measured", ("recording", "state")
    ),
    EventKind("call.recording_removed", "call", "录音到期删除", "recording removed at its time"),
    EventKind("call.fell_silent", "call", "话机无消息，视为结束", "fell silent, taken to be over"),
    EventKind(
        "agent.status_set", "staff", "改话务状态", "telephone status changed", ("status", "reason")
    ),
    EventKind(
        "call.step_done",
        "call",
        "通话中完成一步",
        "step done on the call",
        ("rule", "step", "seconds", "count", "said", "skipped_because", "evidence"),
    ),
    EventKind(
        "call.home_chosen",
        "call",
        "选定是哪一户",
        "home chosen",
        ("version", "customer", "premises"),
    ),
    EventKind("call.supervisor_asked", "call", "请班长", "supervisor asked in", ("why",)),
    EventKind("call.supervisor_came", "call", "班长已来", "supervisor came"),
    EventKind("call.end_asked", "call", "坐席结束通话", "agent ends the call", ("reason",)),
    EventKind("call.ended", "call", "挂机", "ended", ("by", "cause")),
)
