"""What is said on a call while it is under way, as a recogniser tells it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shouwen.core.telephony import LineEvent
from shouwen.hotline.models import Call

UTTERANCE = "utterance"
MOST_SPOKEN = 32_767
_SECONDS_A_SIGN = 0.25
_LONGEST = 1_000


def write_down(call: Call, fresh: Iterable[LineEvent]) -> bool:
    """Puts what was said among the turns of a call, in the order in which it was said; whether there was
    anything. The row is not saved. What was told twice does not come here.
    """
    said = [event for event in fresh if event.type == UTTERANCE]
    if not said:
        return False
    turns = [*call.turns, *(_turn(event) for event in said)]
    call.turns = _in_order(turns, began_at=call.rang_at)
    call.spoken = min(MOST_SPOKEN, call.spoken + len(said))
    return True


def time_again(call: Call) -> None:
    """Counts the turns from the first ring anew, which may have become known later."""
    call.turns = _in_order(call.turns, began_at=call.rang_at)


def _turn(event: LineEvent) -> dict[str, Any]:
    text = event.text[:_LONGEST]
    until = event.until or event.at + timedelta(seconds=len(text) * _SECONDS_A_SIGN)
    speaker = "agent" if event.by == "agent" else "customer"
    return {
        "speaker": speaker,
        "text": text,
        "at": event.at.isoformat(),
        "until": max(until, event.at).isoformat(),
    }


def _in_order(turns: Iterable[Mapping[str, Any]], *, began_at: datetime) -> list[dict[str, Any]]:
    timed = [_timed(turn, began_at) for turn in turns]
    return sorted(timed, key=lambda turn: (turn["start"], turn.get("at", ""), turn["text"]))


def _timed(turn: Mapping[str, Any], began_at: datetime) -> dict[str, Any]:
    if "at" not in turn:
        return dict(turn)
    moments = [datetime.fromisoformat(turn[name]) for name in ("at", "until")]
    start, end = (max(0.0, round((at - began_at).total_seconds(), 3)) for at in moments)
    return {**turn, "start": start, "end": end}
