"""What the hotline does: takes recorded calls, turns each into a case with its promises."""

from shouwen.hotline.operations import control
from shouwen.hotline.operations.agents import ExtensionTaken, OnACall, set_status
from shouwen.hotline.operations.alarming import Alarm, send_alarm
from shouwen.hotline.operations.calling_back import ask_for_call_back
from shouwen.hotline.operations.hearing import (
    CALL_BACK,
    call_uuid,
    close_silent,
    hear,
    hear_whole,
)
from shouwen.hotline.operations.judging import JUDGE, judge_events
from shouwen.hotline.operations.measuring import ask_for_measures, measure_recording
from shouwen.hotline.operations.popping import (
    ChosenMeanwhile,
    Look,
    NoSuchHome,
    choose_home,
    note_popped,
    note_read,
)
from shouwen.hotline.operations.recording import MEASURE, add_recording, forget_recordings
from shouwen.hotline.operations.replaying import BadLine, Replayed, replay
from shouwen.hotline.operations.taking import OtherContent, Taken, take_call

__all__ = [
    "CALL_BACK",
    "JUDGE",
    "MEASURE",
    "Alarm",
    "BadLine",
    "ChosenMeanwhile",
    "ExtensionTaken",
    "Look",
    "NoSuchHome",
    "OnACall",
    "OtherContent",
    "Replayed",
    "Taken",
    "add_recording",
    "ask_for_call_back",
    "ask_for_measures",
    "call_uuid",
    "choose_home",
    "close_silent",
    "control",
    "forget_recordings",
    "hear",
    "hear_whole",
    "judge_events",
    "measure_recording",
    "note_popped",
    "note_read",
    "replay",
    "send_alarm",
    "set_status",
    "take_call",
]
