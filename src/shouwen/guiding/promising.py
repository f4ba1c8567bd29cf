"""When a call-back or an answer is due that is promised now, and why then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwen.clocks.presenters import why_steps
from shouwen.core.kinds.clock import ClockVersion, duration_of
from shouwen.core.timing.calendar import YearNotPublished
from shouwen.core.timing.deadlines import due
from shouwen.core.timing.steps import Step
from shouwen.guiding.steps import Guided, version_of
from shouwen.ui.languages import worded


@dataclass(frozen=True, slots=True)
class Drafted:
    """When the call-back is due by the standard, and why."""

    due_at: datetime
    why: str


def drafted(seen: Guided, *, now: datetime) -> Drafted | None:
    """The due time of a promise made now; None where no clock or no calendar tells one."""
    if seen.pack is None:
        return None
    for rule_id in seen.plan.promise.rules:
        version = version_of(seen, rule_id)
        if not isinstance(version, ClockVersion) or version.limit is None:
            continue
        duration = duration_of(version.limit, version.reading)
        try:
            found = due(start=now, duration=duration, calendar=seen.pack.calendar, now=now)
        except YearNotPublished:
            return None
        read_as = worded(version.interpretation) if version.interpretation else ""
        told = why_steps(_unusual(found.steps), pack=seen.pack, now=now)
        return Drafted(found.due_at, "；".join([read_as, *(step.text for step in told)]))
    return None


def _unusual(steps: Sequence[Step]) -> list[Step]:
    """Holidays left out and weekends worked: what nobody would guess."""
    return [each for each in steps if each.code.startswith("skipped") or each.code == "makeup_day"]
