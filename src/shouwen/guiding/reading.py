"""The standard as those who serve need it: where it cannot be read nobody is guided, and nobody is turned away."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings

from shouwen.cases.queries import leaves
from shouwen.clocks.queries import cockpit_plan, readable_standard
from shouwen.core.clause import matches
from shouwen.core.kinds.record import RecordRule
from shouwen.core.organisation import ALARM_DEPARTMENT
from shouwen.core.text.danger import ALARM_WORDS, alarm_words
from shouwen.core.text.taxonomy import Leaf
from shouwen.standard.cockpit import Cockpit, GuidedChannel
from shouwen.standard.faults import PackFaults
from shouwen.standard.pack import Pack

NOTHING_SAID = "（没有说清是什么事）"
UNSORTED = "other"  # the kind of a case that nobody has classified yet


def readable_cockpit(channel: GuidedChannel = "phone") -> Cockpit:
    """How a channel is steered; nothing is steered when it cannot be read, and nobody is refused."""
    try:
        return cockpit_plan().on(channel)
    except PackFaults:
        return Cockpit()


def readable_leaves() -> Mapping[str, Leaf]:
    """The taxonomy in force by code; empty when it cannot be read."""
    try:
        return leaves()
    except PackFaults:
        return {}


def zone_in_force() -> ZoneInfo:
    """The zone whose days count."""
    pack = readable_standard()
    return pack.calendar.zone if pack else ZoneInfo(settings.TIME_ZONE)


def crew_code() -> str:
    """Code of the department that alarms go to, also when the standard cannot be read."""
    pack = readable_standard()
    return pack.organisation.alarm_department if pack else ALARM_DEPARTMENT


def required_for(kind: str) -> tuple[str, ...]:
    """The fields that the standard wants on record for a kind of case; none for one not known."""
    pack = readable_standard()
    return required_fields(pack=pack, kind=kind) if pack and kind else ()


def required_fields(*, pack: Pack, kind: str) -> tuple[str, ...]:
    """The fields that the standard wants on record for a kind of case, in its order."""
    wanted: dict[str, None] = {}
    for rule in pack.rules.values():
        if isinstance(rule, RecordRule):
            for version in rule.versions[-1:]:
                when = {name: c for name, c in version.when.items() if name == "case_kind"}
                if when and matches(when=when, facts={"case_kind": kind}):
                    wanted |= dict.fromkeys(version.required)
    return tuple(wanted)


def danger_in(*texts: str) -> tuple[str, ...]:
    """The words of a leak or another danger in what a customer wrote or said, by the taxonomy in force."""
    own = (word for leaf in readable_leaves().values() for word in leaf.danger)
    return alarm_words(texts, words=tuple(dict.fromkeys((*ALARM_WORDS, *own))))
