"""Plays the recorded calls into the running demo, then the work that follows; then the weeks before."""

from shouwen.adapters import system_clock
from shouwen.clocks.queries import active_pack
from shouwen.demo.callers import SAMPLE_CALLS, read_sample_calls
from shouwen.demo.day import keep_some_promises, play_day
from shouwen.demo.field import play_field
from shouwen.demo.kinds import play_kinds
from shouwen.demo.life import lose_some_calls, record_some_calls
from shouwen.demo.past import play_past
from shouwen.demo.reviews import play_reviews
from shouwen.hotline.operations import replay


def play() -> None:
    """Takes every call once, moved to the present; a later run finds them there and does nothing new."""
    lines = SAMPLE_CALLS.read_text(encoding="utf-8").splitlines(keepends=True)
    result = replay(lines=lines, at="now", now=system_clock.now)
    if result.taken:
        now = system_clock.now()
        play_day(now=now)
        play_field(now=now)
        keep_some_promises(now=now)
        play_kinds(now=now, zone=active_pack().calendar.zone)
        lose_some_calls(now=now)
        record_some_calls(now=now)
    # Last, so that today's work is there at once; whoever looks meanwhile sees the figures grow.
    zone = active_pack().calendar.zone
    play_past(calls=read_sample_calls(), now=system_clock.now(), zone=zone)
    play_reviews(now=system_clock.now())
