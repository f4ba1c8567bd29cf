"""Checks of what is done on a round or told beforehand: notices, frequencies, samples, registers,
training, prohibitions, targets.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from shouwen.core.clause import Words
from shouwen.core.kinds.frequency import Duty, FrequencyVersion, Reliefs
from shouwen.core.kinds.notice import Lead, NoticeVersion, Planned
from shouwen.core.kinds.prohibition import WEEKDAYS, ForbiddenWindow, ProhibitionVersion
from shouwen.core.kinds.register import Entry, RegisterVersion
from shouwen.core.kinds.sampling import SamplingVersion, Tries
from shouwen.core.kinds.training import TrainingVersion
from shouwen.core.targets import Target
from shouwen.standard.checks.common import Check, Names, event, events, number
from shouwen.standard.conditions import can_meet, check_conditions
from shouwen.standard.reading import suggestion


def _optional(listed: Sequence[str], place: str) -> Check:
    for i, name in enumerate(listed):
        yield from event(name, place, str(i))


def _twice(ids: Sequence[str], place: str) -> Check:
    for i, name in enumerate(ids):
        if name in ids[:i]:
            yield (
                (place, str(i), "id"),
                Words(zh=f"{name} 写了两次", en=f"{name} is there twice"),
                Words(zh="换一个编号", en="choose another id"),
            )


def _more_than_nought(value: Any, *places: str) -> Check:
    for place in places:
        given = getattr(value, place)
        if given is not None and given <= 0:
            yield number(place, f"{given:g}", "大于 0", "more than 0")


# --- notices


def _notice(version: NoticeVersion, _: Names) -> Check:
    yield from events(version.sent, "sent")
    yield from _optional(version.after, "after")
    if (version.before is None) == (not version.after):
        yield (
            (),
            Words(
                zh="before 和 after 要写一个，也只写一个", en="one of before and after is needed"
            ),
            Words(
                zh="提前告知写 before，事后告知写 after",
                en="write before to tell ahead, after to tell at once",
            ),
        )
    elif version.before is not None and not version.leads:
        yield _needed("leads", "leads", "before")
    elif version.after and version.within is None:
        yield _needed("within", "within", "after")
    yield from _twice([lead.id for lead in version.leads], "leads")
    yield from _twice([content.id for content in version.contents], "contents")
    yield from _channels(version)


def _channels(version: NoticeVersion) -> Check:
    for i, content in enumerate(version.contents):
        for name in content.not_by:
            if name not in version.channels:
                yield (
                    ("contents", str(i), "not_by"),
                    Words(zh=f"channels 里没有 {name}", en=f"{name} is not one of the channels"),
                    suggestion(name, version.channels),
                )
    if not 1 <= version.channels_needed <= len(version.channels):
        yield number(
            "channels_at_least",
            str(version.channels_needed),
            f"1 至 {len(version.channels)}",
            f"1 to {len(version.channels)}",
        )


def _needed(place: str, what: str, beside: str) -> tuple[tuple[str, ...], Words, Words]:
    return (
        (place,),
        Words(zh=f"有 {beside} 就要有 {what}", en=f"{beside} needs {what}"),
        Words(zh=f"补上 {what}", en=f"add {what}"),
    )


def _planned(planned: Planned, _: Names) -> Check:
    yield from events(planned.on, "on")
    yield from _optional(planned.begins, "begins")
    yield from _optional(planned.cancelled, "cancelled")


def _lead(lead: Lead, _: Names) -> Check:
    return check_conditions(lead.when)


# --- rounds


def _frequency(version: FrequencyVersion, _: Names) -> Check:
    yield from events(version.done, "done")
    for place in ("attempts", "starts", "ends", "changes", "voided"):
        yield from _optional(getattr(version, place), place)
    for name in sorted({*version.done} & {*version.attempts}):
        yield (
            ("attempts",),
            Words(zh=f"{name} 又算完成又算未完成", en=f"{name} is both done and an attempt"),
            Words(zh="只留一处", en="keep it in one place"),
        )
    if not 0 < version.warn_at < 1:
        yield number("warn_at", f"{version.warn_at:g}", "0 与 1 之间", "between 0 and 1")
    for (_i, one), (j, other) in combinations(enumerate(version.duties), 2):
        if len(one.when) == len(other.when) and can_meet(one.when, other.when):
            yield (
                ("duties", str(j), "when"),
                Words(zh="与前面一项同样具体，无法取舍", en="as specific as one before it"),
                Words(zh="加一个条件，或并成一项", en="add a condition, or join them"),
            )


def _duty(duty: Duty, _: Names) -> Check:
    yield from check_conditions(duty.when)
    yield from _more_than_nought(duty, "times", "every_months")
    months = duty.every_months
    if duty.period == "calendar" and months > 0 and 12 % months and months % 12:
        yield number(
            "every_months",
            str(months),
            "能整除 12 或是 12 的倍数，否则用 rolling",
            "a part or a multiple of 12, or use rolling",
        )
    if duty.least_gap_days < 0:
        yield number("least_gap_days", str(duty.least_gap_days), "0 或更大", "0 or more")


def _reliefs(reliefs: Reliefs, _: Names) -> Check:
    yield from events(reliefs.begins, "begins")
    yield from _optional(reliefs.ends, "ends")


# --- samples, registers, training


def _sampling(version: SamplingVersion, _: Names) -> Check:
    for place in ("population", "drawn", "done"):
        yield from events(getattr(version, place), place)
    if version.share is not None and not 0 < version.share <= 1:
        yield number("share", f"{version.share:g}", "0 与 1 之间", "between 0 and 1")


def _tries(tries: Tries, _: Names) -> Check:
    yield from events(tries.on, "on")
    yield from _more_than_nought(tries, "enough")
    if tries.bands and tries.enough > len(tries.bands):
        yield number(
            "enough",
            str(tries.enough),
            f"不超过时段数 {len(tries.bands)}",
            f"no more than the {len(tries.bands)} bands",
        )


def _register(version: RegisterVersion, _: Names) -> Check:
    for place in ("entered", "corrected", "reviewed", "removed"):
        yield from events(getattr(version, place), place)
    yield from _optional(version.occurred, "occurred")
    yield from _twice([entry.id for entry in version.entries], "entries")
    yield from _more_than_nought(version, "review_every_months")
    if (version.occurred or version.occurred_at) and version.report_within is None:
        place = "occurred" if version.occurred else "occurred_at"
        yield _needed("report_within", "report_within", place)


def _entry(entry: Entry, _: Names) -> Check:
    for value in entry.good:
        if value not in entry.choices:
            yield (
                ("good",),
                Words(zh=f"choices 里没有 {value}", en=f"{value} is not one of the choices"),
                suggestion(value, entry.choices),
            )


def _training(version: TrainingVersion, _: Names) -> Check:
    for place in ("joined", "left", "trained", "examined", "revoked"):
        yield from _optional(getattr(version, place), place)
    yield from _twice([topic.id for topic in version.topics], "topics")
    yield from _more_than_nought(
        version, "train_every_months", "exam_every_months", "first_within_months"
    )
    if version.pass_mark is not None and not 0 < version.pass_mark <= 100:
        yield number("pass_mark", f"{version.pass_mark:g}", "1 至 100", "1 to 100")


# --- prohibitions


def _prohibition(version: ProhibitionVersion, _: Names) -> Check:
    yield from events(version.action, "action")
    yield from events(version.ends_on, "ends_on")
    yield from _optional(version.begins, "begins")
    yield from _optional(version.unless, "unless")


def _window(window: ForbiddenWindow, _: Names) -> Check:
    for i, day in enumerate(window.days):
        if day not in WEEKDAYS:
            yield (
                ("days", str(i)),
                Words(zh=f"不是星期：{day}", en=f"not a day of the week: {day}"),
                suggestion(day, WEEKDAYS),
            )


# --- targets


def _target(target: Target, _: Names) -> Check:
    low, high = target.at_least, target.at_most
    if low is None and high is None:
        yield (
            (),
            Words(zh="没有写要达到多少", en="says no value"),
            Words(zh="写 at_least 或 at_most", en="write at_least or at_most"),
        )
    elif low is not None and high is not None and low > high:
        yield number("at_least", f"{low:g}", f"不超过 {high:g}", f"no more than {high:g}")
    yield from _bounds(target)


def _bounds(target: Target) -> Iterator[Any]:
    for place in ("at_least", "at_most", "good_from"):
        bound = getattr(target, place)
        if bound is not None and bound < 0:
            yield number(place, f"{bound:g}", "0 或更大", "0 or more")
        elif bound is not None and target.measure == "share" and bound > 1:
            yield number(place, f"{bound:g}", "0 至 1 的比例", "a share from 0 to 1")
    good, low, high = target.good_from, target.at_least, target.at_most
    if good is not None and low is not None and good < low:
        yield number("good_from", f"{good:g}", f"不低于 {low:g}", f"no less than {low:g}")
    if good is not None and low is None and high is not None and good > high:
        yield number("good_from", f"{good:g}", f"不高于 {high:g}", f"no more than {high:g}")


CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {
    NoticeVersion: _notice,
    Planned: _planned,
    Lead: _lead,
    FrequencyVersion: _frequency,
    Duty: _duty,
    Reliefs: _reliefs,
    SamplingVersion: _sampling,
    Tries: _tries,
    RegisterVersion: _register,
    Entry: _entry,
    TrainingVersion: _training,
    ProhibitionVersion: _prohibition,
    ForbiddenWindow: _window,
    Target: _target,
}
