"""The customers of recorded calls, so that the demo city knows who is calling."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shouwen.core.calls import CallRecord, parse_call

SAMPLE_CALLS = Path(__file__).with_name("calls.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCaller:
    """Somebody whose number the screen knows: as in the record of a call."""

    phone: str
    surname: str
    title: str
    address: str


def sample_callers(calls: Iterable[CallRecord]) -> tuple[SampleCaller, ...]:
    """The known customers of `calls`, each number once, in the order of the calls."""
    known: dict[str, SampleCaller] = {}
    for call in calls:
        caller = call.customer
        if caller is not None and caller.phone and caller.address:
            known.setdefault(
                caller.phone,
                SampleCaller(
                    phone=caller.phone,
                    surname=caller.surname,
                    title=caller.title,
                    address=caller.address,
                ),
            )
    return tuple(known.values())


def spoken_numbers(calls: Iterable[CallRecord]) -> frozenset[str]:
    """Every eleven-digit number on the records or in the words of `calls`: nobody else may have it."""
    texts = (turn.text for call in calls for turn in call.turns)
    said = {number for text in texts for number in re.findall(r"1\d{10}", text)}
    return frozenset(said)


def read_sample_calls(path: Path = SAMPLE_CALLS) -> tuple[CallRecord, ...]:
    """The calls of a JSON Lines file. Raises CallFaults, JSONDecodeError, OSError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(parse_call(json.loads(line)) for line in lines if line.strip())
