"""Calls, recorded or told by an exchange, and what the agents at the telephones are doing."""

from shouwen.hotline.models.calls import Call, CallVerdict, Replay
from shouwen.hotline.models.lines import AgentState, LineEvent, Offer

__all__ = ["AgentState", "Call", "CallVerdict", "LineEvent", "Offer", "Replay"]
