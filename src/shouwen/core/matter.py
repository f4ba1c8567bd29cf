"""What a verdict is about: one case, visit, home, person or outage, as far as it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shouwen.core.clause import Scalar
from shouwen.core.events import Event
from shouwen.core.timing.calendar import WorkingCalendar


class NoSuchCalendar(LookupError):
    """A rule names a calendar that whoever asks for its verdict did not bring along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The facts, and the events up to `now` in order of time.

    `calendar` is the organisation's; `calendars` holds the pack's others by name. `explain` asks
    for the steps that lead to the verdict. `rule_id` is the rule that is judged: some events name
    the rules they are about.
    """

    facts: Mapping[str, Scalar]
    events: Sequence[Event]
    calendar: WorkingCalendar
    now: datetime
    explain: bool = True
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)
    rule_id: str = ""

    def calendar_named(self, name: str) -> WorkingCalendar:
        """The calendar of that name, the organisation's for an empty one. Raises NoSuchCalendar."""
        if not name:
            return self.calendar
        try:
            return self.calendars[name]
        except KeyError:
            raise NoSuchCalendar(name) from None
