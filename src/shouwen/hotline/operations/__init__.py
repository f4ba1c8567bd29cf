"""What the hotline does: takes recorded calls, turns each into a case with its promises."""

from shouwen.hotline.operations.alarming import Alarm, safety_words, send_alarm
from shouwen.hotline.operations.replaying import BadLine, Replayed, replay
from shouwen.hotline.operations.taking import OtherContent, Taken, take_call

__all__ = [
    "Alarm",
    "BadLine",
    "OtherContent",
    "Replayed",
    "Taken",
    "replay",
    "safety_words",
    "send_alarm",
    "take_call",
]
