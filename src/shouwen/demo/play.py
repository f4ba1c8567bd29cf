"""Plays the recorded calls into the running demo, then the work that follows from them."""

from shouwen.adapters import system_clock
from shouwen.demo.callers import SAMPLE_CALLS
from shouwen.demo.day import keep_some_promises, play_day
from shouwen.hotline.operations import replay


def play() -> None:
    """Takes every call once, moved to the present; a later run finds them there and does nothing."""
    lines = SAMPLE_CALLS.read_text(encoding="utf-8").splitlines(keepends=True)
    result = replay(lines=lines, at="now", now=system_clock.now)
    if result.taken:
        now = system_clock.now()
        play_day(now=now)
        keep_some_promises(now=now)
