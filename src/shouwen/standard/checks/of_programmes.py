"""Checks of what is done on a round or told beforehand: notices, frequencies."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.core.kinds.frequency import FrequencyVersion
from shouwen.core.kinds.notice import NoticeVersion
from shouwen.standard.checks.common import Check, Names, event
from shouwen.standard.conditions import check_conditions


def _notice(version: NoticeVersion, _: Names) -> Check:
    for place in ("before", "sent", *(["closing"] if version.closing else [])):
        yield from event(getattr(version, place), place)


def _frequency(version: FrequencyVersion, _: Names) -> Check:
    yield from event(version.done, "done")
    for i, duty in enumerate(version.duties):
        for place, *words in check_conditions(duty.when):
            yield (("duties", str(i), *place), words[0], words[1])


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    NoticeVersion: _notice,
    FrequencyVersion: _frequency,
}
