"""What a company sets for calls that were promised: how often they are tried, and what follows the last try.

The file may be missing: then nothing is planned, and a promise is called back as its owner sees fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from shouwen.core.clause import Words
from shouwen.core.retrying import TRIED_AGAIN, Band, Outcome, RetryPlan
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.reading import read_toml, typed

CALLBACKS = "callbacks.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """After this outcome so many minutes to the next attempt: before the second, the third …"""

    after: Outcome
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTry:
    """What follows the last attempt: an SMS to the customer (id of a text), and who is told under which title."""

    title: Words = field(default_factory=lambda: Words(zh="回电没有打通", en="Not reached"))
    sms: str = ""
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackPlan:
    """Everything that stands in the file.

    `asked_minutes`: a customer who asked for another time is called within so long of it.
    """

    attempts: int = 0
    before_due_minutes: int = 0
    change_band_after: int = 0
    asked_minutes: int = 15
    wait: tuple[Wait, ...] = ()
    band: tuple[Band, ...] = ()
    last: LastTry = field(default_factory=LastTry)

    @property
    def retrying(self) -> RetryPlan:
        """When the next attempt is made."""
        return RetryPlan(
            attempts=self.attempts,
            waits=tuple((each.after, each.minutes) for each in self.wait),
            bands=self.band,
            change_band_after=self.change_band_after,
            before_due_minutes=self.before_due_minutes,
        )


_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)
_ADAPTER: TypeAdapter[Any] = TypeAdapter(CallBackPlan | None, config=_CONFIG)


def load_callbacks(path: Path) -> CallBackPlan:
    """The plan of the pack in a directory; an empty one without a file. Raises PackFaults."""
    if not (path / CALLBACKS).exists():
        return CallBackPlan()
    faults: list[Fault] = []
    table = read_toml(path / CALLBACKS, file=CALLBACKS, faults=faults)
    value: CallBackPlan | None = None
    if table is not None:
        value, found = typed(_ADAPTER, table, file=CALLBACKS, of=CallBackPlan)
        faults += found
    if value is not None:
        faults += _faults(value)
    if faults or value is None:
        raise PackFaults(faults)
    return value


def _faults(plan: CallBackPlan) -> Iterator[Fault]:
    if plan.attempts < 1:
        yield _fault(
            "attempts",
            Words(zh="至少拨 1 次", en="at least one attempt"),
            Words(zh="写 1 或更大的数", en="write 1 or more"),
        )
    said = {each.after for each in plan.wait}
    for outcome in TRIED_AGAIN:
        if outcome not in said:
            yield _fault(
                "wait",
                Words(zh=f"没写 {outcome} 之后等多久", en=f"no wait after {outcome}"),
                Words(
                    zh=f'加一段 [[wait]]，after = "{outcome}"',
                    en=f'add a [[wait]] with after = "{outcome}"',
                ),
            )
    for place, each in enumerate(plan.wait):
        if not each.minutes or min(each.minutes) < 1:
            yield _fault(
                f"wait.{place}.minutes",
                Words(zh="等的分钟数要是正数", en="minutes must be positive"),
                Words(zh="如 [15, 60, 120]", en="such as [15, 60, 120]"),
            )
    yield from _faults_of_bands(plan)


def _faults_of_bands(plan: CallBackPlan) -> Iterator[Fault]:
    ends = time.min
    for place, band in enumerate(plan.band):
        if not ends <= band.begins < band.ends:
            yield _fault(
                f"band.{place}",
                Words(zh="时段要按先后写，不重叠", en="bands come in order and do not overlap"),
                Words(zh="先写早的；begins 早于 ends", en="the earlier first; begins before ends"),
            )
        ends = band.ends


def _fault(place: str, problem: Words, remedy: Words) -> Fault:
    return Fault(CALLBACKS, place, problem, remedy)
