"""How open each field of recorded calls is. What was said on a call is shown nowhere yet."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Replay": {INTERNAL: "id digest at started_at shifts"},
    "Call": {
        INTERNAL: "id call_id source digest direction kind staff queue stage outcome arrived_at rang_at"
        " answered_at ended_at ended_by cause rings agent_clock customer_clock transfers holds unheard last_heard_at spoken case",
        PERSONAL: "number",
        SENSITIVE: "turns",
    },
    "LineEvent": {
        INTERNAL: "id call name type at heard_at offer staff_no extension by unanswered queue cause"
        " direction number_in_call",
        PERSONAL: "number",
        SENSITIVE: "media",
    },
    "Offer": {INTERNAL: "id call staff offered_at answered_at ended_at outcome"},
    "LineRequest": {
        INTERNAL: "id what state call staff extension queue told asked_at answered_at",
        PERSONAL: "to",
    },
    "Recording": {
        INTERNAL: "id call channels seconds bytes sha256 added_at kept_until removed_at",
        SENSITIVE: "path",
    },
    "RecordingSound": {
        INTERNAL: "recording state why_zh why_en measured_at begins_after seconds agent_spoken agent_lufs"
        " agent_rate customer_spoken customer_lufs customer_rate agent_spans customer_spans overlaps"
        " dead_air norm_calls",
        PERSONAL: "agent_pitch_hz agent_pitch_spread customer_pitch_hz customer_pitch_spread"
        " usual_pitch_hz",
    },
    "CallerChoice": {INTERNAL: "id call version customer premises staff chosen_at"},
    "CallBack": {INTERNAL: "promise tries last_outcome next_at caller over_at"},
    "CallAttempt": {
        INTERNAL: "id promise staff call began_at outcome told_at next_at",
        PERSONAL: "number",
    },
    "AgentState": {INTERNAL: "staff status reason extension since call"},
    "CallVerdict": {
        INTERNAL: "id call rule_id ordinal clause verdict turn parts measured",
        PERSONAL: "why_zh why_en",
    },
    "Correction": {INTERNAL: "id call rule_id number clause verdict failed staff corrected_at"},
}
MASKS: Masks = {
    "Call": {"number": Kind.PHONE},
    "LineEvent": {"number": Kind.PHONE},
    "LineRequest": {"to": Kind.PHONE},
    "CallAttempt": {"number": Kind.PHONE},
}
