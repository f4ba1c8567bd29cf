"""Calls, recorded or told by an exchange, and what the agents at the telephones are doing."""

from shouwen.hotline.models.attempts import CallAttempt, CallBack
from shouwen.hotline.models.callers import CallerChoice
from shouwen.hotline.models.calls import Call, CallVerdict, Replay
from shouwen.hotline.models.corrections import Correction
from shouwen.hotline.models.lines import AgentState, LineEvent, LineRequest, Offer
from shouwen.hotline.models.recordings import Recording
from shouwen.hotline.models.sounds import RecordingSound

__all__ = [
    "AgentState",
    "Call",
    "CallAttempt",
    "CallBack",
    "CallVerdict",
    "CallerChoice",
    "Correction",
    "LineEvent",
    "LineRequest",
    "Offer",
    "Recording",
    "RecordingSound",
    "Replay",
]
