"""How open each field of recorded calls is. What was said on a call is shown nowhere yet."""

from shouwen.access.classes import INTERNAL, PERSONAL, SENSITIVE, Classes, Masks
from shouwen.access.masks import Kind

CLASSES: Classes = {
    "Replay": {INTERNAL: "id digest at started_at shifts"},
    "Call": {
        INTERNAL: "id call_id digest direction kind staff rang_at answered_at ended_at ended_by"
        " rings case",
        PERSONAL: "number",
        SENSITIVE: "turns",
    },
    "CallVerdict": {
        INTERNAL: "id call rule_id ordinal clause verdict turn parts measured",
        PERSONAL: "why_zh why_en",
    },
}
MASKS: Masks = {"Call": {"number": Kind.PHONE}}
