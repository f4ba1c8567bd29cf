"""Playing a file of recorded calls in: every good line becomes a case, every bad one is named."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from shouwen.core.calls import CallFault, CallFaults, CallRecord, parse_call
from shouwen.core.clause import Words
from shouwen.hotline.models import Replay
from shouwen.hotline.operations.taking import OtherContent, Taken, take_call

T = TypeVar("T")

# Between two calls that are moved to the present at most this much time is left, so that a
# file that spans months is heard within one shift.
LONGEST_GAP = timedelta(minutes=9)
# The last call is put this far before the present.
ENDED_BEFORE = timedelta(minutes=1)
# No record of a call is older, and none comes from the next century.
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
# How long to wait before asking a busy database again.
_BUSY_WAITS = (0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken: its number counted from 1, and every fault in it."""

    number: int
    faults: tuple[Words, ...]


@dataclass(slots=True)
class Replayed:
    """What came of a file: calls taken now, calls that were there already, bad lines."""

    taken: list[Taken] = field(default_factory=list)
    known: int = 0
    bad: list[BadLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    digest: str
    call: CallRecord


def replay(
    *,
    lines: Iterable[str],
    at: Literal["recorded", "now"],
    now: Callable[[], datetime],
    on_call: Callable[[int, int], None] = lambda done, of: None,
) -> Replayed:
    """Plays the calls in, each in one transaction; what was taken before is left as it is.

    With `at="now"` the calls are moved so that the last one ended just before the first run of
    this file; a later run of the same file moves them to the same instants. `on_call` is told
    how many of how many lines are done. Waits for a busy database as long as it takes.
    """
    result = Replayed()
    text = list(lines)
    good = sorted(_readable(text, result), key=lambda line: line.call.started_at)
    shifts = _persistent(lambda: _shifts(text=text, good=good, at=at, now=now()))
    for done, line in enumerate(good, start=1):
        _take(
            line, shift=timedelta(seconds=shifts.get(line.call.call_id, 0)), now=now, into=result
        )
        on_call(done, len(good))
    result.bad.sort(key=lambda bad: bad.number)
    return result


def _take(line: _Line, *, shift: timedelta, now: Callable[[], datetime], into: Replayed) -> None:
    def take() -> Taken | None:
        return take_call(call=line.call, digest=line.digest, shift=shift, now=now())

    try:
        taken = _persistent(lambda: _once_more(take))
    except OtherContent:
        into.bad.append(BadLine(line.number, (_OTHER_CONTENT,)))
        return
    if taken is None:
        into.known += 1
    else:
        into.taken.append(taken)


def _readable(text: list[str], result: Replayed) -> Iterator[_Line]:
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            call = parse_call(_decoded(line))
            _must_fit(call)
            yield _Line(number, _digest(line), call)
        except CallFaults as fault:
            result.bad.append(BadLine(number, tuple(_worded(one) for one in fault.faults)))


def _decoded(line: str) -> Any:
    try:
        return _writable(json.loads(line))
    except (ValueError, RecursionError) as error:
        fault = CallFault(
            path="",
            problem=Words(zh=f"不是完整的 JSON（{error}）", en=f"not complete JSON ({error})"),
            remedy=Words(zh="每行写一个完整的通话对象", en="write one whole call object a line"),
        )
        raise CallFaults([fault]) from error


def _writable(value: Any) -> Any:
    """The same with a mark for each sign that no database takes: NUL, half of a surrogate pair."""
    match value:
        case str():
            return value.replace("\0", "\ufffd").encode(errors="replace").decode()
        case list():
            return [_writable(each) for each in value]
        case dict():
            return {_writable(name): _writable(each) for name, each in value.items()}
        case _:
            return value


def _must_fit(call: CallRecord) -> None:
    """Raises CallFaults for names longer than names are, and for a year that cannot be."""
    phone = call.customer.phone if call.customer else ""
    named = {
        "call_id": (call.call_id, 64),
        "staff_no": (call.staff_no, 16),
        "customer.phone": (phone, 20),
    }
    faults = [
        CallFault(
            path=path,
            problem=Words(zh="太长", en="too long"),
            remedy=Words(zh=f"最多 {most} 个字", en=f"write at most {most} signs"),
        )
        for path, (text, most) in named.items()
        if len(text) > most
    ]
    if not _FIRST_YEAR <= call.started_at.year <= _LAST_YEAR:
        faults.append(
            CallFault(
                path="started_at",
                problem=Words(zh="年份不对", en="not a possible year"),
                remedy=Words(zh="写通话的日期", en="write the day of the call"),
            )
        )
    if faults:
        raise CallFaults(faults)


def _worded(fault: CallFault) -> Words:
    at = f"{fault.path}: " if fault.path else ""
    return Words(
        zh=f"{at}{fault.problem.zh}，{fault.remedy.zh}",
        en=f"{at}{fault.problem.en}, {fault.remedy.en}",
    )


def _digest(line: str) -> str:
    return hashlib.sha256(line.strip().encode()).hexdigest()


def _shifts(
    *, text: list[str], good: list[_Line], at: Literal["recorded", "now"], now: datetime
) -> dict[str, float]:
    """By how many seconds each call moves; kept with the file's digest for later runs."""
    whole = hashlib.sha256("".join(text).encode()).hexdigest()
    with transaction.atomic():
        kept, _ = Replay.objects.get_or_create(
            digest=whole,
            at=at,
            defaults={
                "started_at": now,
                "shifts": _to_the_present(good, now) if at == "now" else {},
            },
        )
    shifts: dict[str, float] = kept.shifts
    return shifts


def _to_the_present(good: list[_Line], now: datetime) -> dict[str, float]:
    ordered = sorted((line.call for line in good), key=lambda call: call.started_at, reverse=True)
    shifts: dict[str, float] = {}
    later_start, later_moved = None, now - ENDED_BEFORE
    for call in ordered:
        if later_start is None:
            moved = later_moved - timedelta(seconds=call.ended_after or 0)
        else:
            gap = min(later_start - call.started_at, LONGEST_GAP)
            moved = later_moved - max(gap, timedelta(seconds=1))
        shifts[call.call_id] = (moved - call.started_at).total_seconds()
        later_start, later_moved = call.started_at, moved
    return shifts


def _persistent(act: Callable[[], T]) -> T:
    """Does it, and asks again while the database is busy: a call is never given up for that."""
    waits = iter(_BUSY_WAITS)
    while True:
        try:
            return act()
        except OperationalError as error:
            if not _is_busy(error):
                raise
            time.sleep(next(waits, _BUSY_WAITS[-1]))


def _once_more(act: Callable[[], T]) -> T:
    """Does it; when another process took the same call at the same moment, finds it there."""
    try:
        return act()
    except IntegrityError:
        return act()


def _is_busy(error: OperationalError) -> bool:
    said = str(error).lower()
    return any(words in said for words in ("locked", "busy", "deadlock", "timeout"))


_OTHER_CONTENT = Words(
    zh="这个 call_id 已经收过，内容不同；换一个 call_id，或改回原来的内容",
    en="this call_id was taken before with other content; give it another id or restore the line",
)
