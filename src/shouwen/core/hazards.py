"""Hazards at a customer's: how a reading stands, which of two findings counts, and the chain until one is closed.

Pure: the same steps in the same order give the same chain. Nothing here knows a value of its own; limits and
grades are the company's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from shouwen.core.bilingual import Words

Grade = Literal["major", "ordinary"]
Stands = Literal["ok", "warn", "danger"]
Stop = Literal["", "appliance", "house", "riser"]
Written = Literal["", "required", "check"]

STANDS: Final[tuple[Stands, ...]] = ("ok", "warn", "danger")
STOPS: Final[tuple[Stop, ...]] = ("", "appliance", "house", "riser")
STOPPING: Final[Mapping[str, Stop]] = MappingProxyType(
    {"STOP_APPLIANCE": "appliance", "STOP": "house", "STOP_RISER": "riser"}
)
NOTICE: Final = "NOTICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """Something that is read off an instrument, and when it asks for a cause or for a stop.

    `_over` limits are exceeded above them, `_from` limits at them already; the usual range holds both its
    ends. `on_warn` and `on_danger`: the hazard that such a reading opens by itself.
    """

    code: str
    title: Words
    unit: str = ""
    warn_over: float | None = None
    warn_from: float | None = None
    danger_over: float | None = None
    danger_from: float | None = None
    ok_from: float | None = None
    ok_to: float | None = None
    choices: tuple[str, ...] = ()
    failed_on: tuple[str, ...] = ()
    is_date: bool = False
    on_warn: str = ""
    on_danger: str = ""

    def stands(self, value: str) -> Stands:
        """How a reading stands. Raises NotAReading for what is no number, no date, no choice of it."""
        if self.choices:
            if value not in self.choices:
                raise NotAReading(self.code, value)
            return "warn" if value in self.failed_on else "ok"
        if self.is_date:
            return "ok"
        number = number_of(self.code, value)
        if _exceeds(number, self.danger_over, self.danger_from):
            return "danger"
        if _exceeds(number, self.warn_over, self.warn_from) or self._is_unusual(number):
            return "warn"
        return "ok"

    def _is_unusual(self, number: float) -> bool:
        below = self.ok_from is not None and number < self.ok_from
        above = self.ok_to is not None and number > self.ok_to
        return below or above

    def opens(self, stands: Stands) -> str:
        """The hazard that a reading opens by itself; what is dangerous opens at least what a warning opens."""
        if stands == "danger":
            return self.on_danger or self.on_warn
        return self.on_warn if stands == "warn" else ""


class NotAReading(ValueError):
    """What was read is neither a number nor one of the choices."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value
        super().__init__(f"{code}: {value!r}")


def number_of(code: str, value: str) -> float:
    """The number that was read. Raises NotAReading, also for what no instrument shows (nan, inf)."""
    try:
        number = float(value)
    except ValueError:
        raise NotAReading(code, value) from None
    if not -1e12 < number < 1e12:
        raise NotAReading(code, value)
    return number


def _exceeds(number: float, over: float | None, at_least: float | None) -> bool:
    return (over is not None and number > over) or (at_least is not None and number >= at_least)


def worst(found: Iterable[Stands]) -> Stands:
    """The most dangerous of several; "ok" for none."""
    return max(found, key=STANDS.index, default="ok")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one person found of one hazard. `degree`: 1 to 3 of those who grade so, 1 the worst, 0 for none."""

    code: str
    grade: Grade
    degree: int = 0
    stop: Stop = ""
    written: Written = ""
    stands: Stands = "ok"


def danger_of(finding: Finding) -> tuple[int, ...]:
    """How dangerous a finding is: the larger the worse."""
    return (
        int(finding.grade == "major"),
        (4 - finding.degree) if finding.degree else 0,
        STANDS.index(finding.stands),
        STOPS.index(finding.stop),
        ("", "check", "required").index(finding.written),
    )


def more_dangerous(one: Finding, other: Finding) -> Finding:
    """Of two findings the one that counts until a person has decided; of equals the first by code."""
    return max(one, other, key=lambda each: (danger_of(each), [-ord(sign) for sign in each.code]))


class Step(StrEnum):
    """What happens to a hazard, in the order in which it should."""

    FOUND = "found"
    STOPPED = "stopped"
    TOLD = "told"
    NOTIFIED = "notified"
    RECTIFIED = "rectified"
    PASSED = "passed"
    FAILED = "failed"
    GAS_BACK = "gas_back"
    REMOVED = "removed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """How far a hazard has come. `notified`: there is proof of written notice. `removed`: what was stopped is gone
    for good, on record.
    """

    needs_notice: bool = False
    needs_photo: bool = False
    photo: bool = False
    stopped: bool = False
    told: bool = False
    notified: bool = False
    rectified: bool = False
    passed: bool = False
    gas_back: bool = False
    removed: bool = False
    closed: bool = False

    @property
    def gas_is_off(self) -> bool:
        """Whether somebody sits without gas, or without the appliance, because of it."""
        return self.stopped and not self.gas_back and not self.removed


class StepRefused(Exception):
    """A step that cannot be taken now; `lacks` are the codes of what has to come first."""

    def __init__(self, step: Step, lacks: tuple[str, ...]) -> None:
        self.step, self.lacks = step, lacks
        super().__init__(f"{step}: {', '.join(lacks)}")


def lacking(chain: Chain) -> tuple[str, ...]:
    """What closing a hazard still lacks, in the order in which it is done; nothing when it may be closed."""
    over = chain.removed
    lacks = {
        "photo": chain.needs_photo and not chain.photo,
        "notice": chain.needs_notice and not chain.notified,
        "told": not chain.needs_notice and not (chain.told or chain.notified),
        "rectified": not over and not chain.rectified,
        "recheck": not over and not chain.passed,
        "gas_back": chain.gas_is_off,
    }
    return tuple(code for code, missing in lacks.items() if missing)


def after(chain: Chain, step: Step) -> Chain:
    """The chain after a step. Raises StepRefused when something has to come first."""
    lacks = _lacks(chain, step)
    if lacks:
        raise StepRefused(step, lacks)
    return replace(chain, **_CHANGES.get(step, {}))


def _lacks(chain: Chain, step: Step) -> tuple[str, ...]:
    if chain.closed:
        return ("open",)
    match step:
        case Step.PASSED | Step.FAILED if not chain.rectified:
            return ("rectified",)
        case Step.GAS_BACK if not chain.gas_is_off:
            return ("stopped",)
        case Step.GAS_BACK if not chain.passed:
            return ("recheck",)
        case Step.CLOSED:
            return lacking(chain)
        case _:
            return ()


# A stop after the re-check, or a failed one, begins the mending anew.
_CHANGES: Final[Mapping[Step, Mapping[str, bool]]] = MappingProxyType(
    {
        Step.STOPPED: {
            "stopped": True, "gas_back": False, "removed": False, "rectified": False,
            "passed": False,
        },
        Step.TOLD: {"told": True},
        Step.NOTIFIED: {"notified": True, "told": True},
        Step.RECTIFIED: {"rectified": True, "passed": False},
        Step.PASSED: {"passed": True},
        Step.FAILED: {"rectified": False, "passed": False},
        Step.GAS_BACK: {"gas_back": True},
        Step.REMOVED: {"removed": True},
        Step.CLOSED: {"closed": True},
    }
)  # fmt: skip


def written_notice_is_due(*, written: Written, actions: Iterable[str]) -> bool:
    """Whether a hazard may only be closed with proof of written notice.

    "check" depends on a local list: it is due until the company has decided otherwise.
    """
    return written != "" or NOTICE in actions


def stop_of(actions: Iterable[str]) -> Stop:
    """The widest stop among the actions of a hazard."""
    stops = [STOPPING[action] for action in actions if action in STOPPING]
    return max(stops, key=STOPS.index, default="")
