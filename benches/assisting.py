"""A call judged while it is spoken: what each thing that is said costs, up to the sixtieth turn.

Run by `python -m benches`; prints lines of JSON. Calls of sixty turns are put together of written ones, as a
recogniser hears them; the processor's time of taking a turn in and advising is taken for each.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from benches.reviewing import heard_lines
from shouwen.core.calls import CallRecord, Turn, parse_call
from shouwen.standard.live_assist import Listening
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

TURNS = 60
_PAUSE = 0.6


def main(count: int) -> None:
    """Speaks so many calls, turn by turn."""
    pack = load_pack(default_pack_path())
    calls = list(_long(count + 1))
    _times(Listening(pack, replace(calls[0], turns=())), calls[0].turns)
    taken = [_times(Listening(pack, replace(call, turns=())), call.turns) for call in calls[1:]]
    every = sorted(ms for each in taken for ms in each)
    last = sorted(each[-1] for each in taken)
    told = {"utterances": len(every), "p99": _p99(every), "last_p99": _p99(last)}
    sys.stdout.write(json.dumps({"name": "assist: one utterance", **told}) + "\n")


def _times(listening: Listening, turns: tuple[Turn, ...]) -> list[float]:
    taken = []
    for turn in turns:
        started = time.process_time()
        listening = listening.heard(turn)
        assert listening.advice is not None  # noqa: S101
        taken.append((time.process_time() - started) * 1000)
    return taken


def _long(count: int) -> Iterator[CallRecord]:
    """Calls of sixty turns: several, one after the other."""
    whole: CallRecord | None = None
    for line in heard_lines(count * 8):
        call = parse_call(json.loads(line))
        whole = call if whole is None else _joined(whole, call)
        if len(whole.turns) >= TURNS:
            events = tuple(event for event in whole.events if event.type in ("ring", "answer"))
            yield replace(whole, turns=whole.turns[:TURNS], events=events)
            whole, count = None, count - 1
            if not count:
                return


def _joined(one: CallRecord, other: CallRecord) -> CallRecord:
    later = max((turn.end for turn in one.turns), default=0.0) + _PAUSE
    first = other.turns[0].start if other.turns else 0.0
    moved = (
        turn._replace(start=turn.start - first + later, end=turn.end - first + later)
        for turn in other.turns
    )
    return replace(one, turns=(*one.turns, *moved))


def _p99(values: list[float]) -> float:
    return values[min(len(values) - 1, int(len(values) * 0.99))]


if __name__ == "__main__":
    main(int(sys.argv[1]))
