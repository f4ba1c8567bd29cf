"""The training kind: what people must know, how often they are trained and examined.

How one person is judged, from the events up to `now`: from joining on, every topic is trained
and an exam passed every so many months. A certificate that names an earlier day, or that was
taken back, holds no longer than that. A number that nobody gives is not judged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shouwen.core.clause import RuleHead, Version, Words
from shouwen.core.events import Event
from shouwen.core.events.given import day_given, is_given, names_given, number_given
from shouwen.core.matter import Matter
from shouwen.core.timing.months import end_of_day, months_later
from shouwen.core.timing.spans import in_utc
from shouwen.core.timing.steps import Param, Step
from shouwen.core.verdict import Gap, Missed, NotApplicable, Running, Verdict

_JOINED = ("staff.created", "staff.reactivated")
_LEFT = ("staff.deactivated",)
_TRAINED = ("training.attended",)
_EXAMINED = ("exam.taken",)
_REVOKED = ("certificate.revoked",)
_WARN_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing that people must know."""

    id: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingVersion(Version):
    """One dated wording. `pass_mark` in points of 100; a number left out is a gap, not a guess.

    The first training and the first exam are due `first_within_months` after joining (left out:
    the same number as later ones). `trained` events name their topics (none: all of them);
    `examined` events carry a score, and the last day of the certificate where it has one.
    """

    topics: tuple[Topic, ...]
    groups: tuple[str, ...]
    train_every_months: int | None = None
    exam_every_months: int | None = None
    first_within_months: int | None = None
    pass_mark: float | None = None
    joined: tuple[str, ...] = _JOINED
    left: tuple[str, ...] = _LEFT
    trained: tuple[str, ...] = _TRAINED
    examined: tuple[str, ...] = _EXAMINED
    revoked: tuple[str, ...] = _REVOKED

    @property
    def standing(self) -> bool:
        """The duty stands by itself: the version of the day of judging speaks."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRule(RuleHead):
    """A rule about knowledge and skill."""

    kind: Literal["training"]
    versions: tuple[TrainingVersion, ...]

    @property
    def judged(self) -> bool:
        """Judged where an interval is given."""
        return any(v.train_every_months or v.exam_every_months for v in self.versions)


@dataclass(frozen=True, slots=True)
class _Duty:
    """One thing that must be renewed: its name, from when it is counted, its last day."""

    name: str
    since: date
    last_day: date
    step: Step


def judge_training(version: TrainingVersion, matter: Matter) -> Verdict:
    """The verdict at `now` on events in order of time, all at or before `now`.

    Missed while anything is overdue: `failed` names `topics.…` and `exam`. Running until the
    first of them is due. No number at all: a gap.
    """
    if not (version.train_every_months or version.exam_every_months):
        return Gap(reason="value_not_given")
    left = [event for event in matter.events if event.kind in version.left]
    joined = [event for event in matter.events if event.kind in version.joined]
    if not matter.events or (left and (not joined or left[-1].at > joined[-1].at)):
        return NotApplicable(reason="not_started")
    begun = joined[-1] if joined else matter.events[0]
    since = max(matter.calendar.day_of(begun.at), version.from_)
    duties = [*_trainings(version, matter, since), *_exams(version, matter, since)]
    earliest = min(duties, key=lambda duty: duty.last_day)
    zone = matter.calendar.zone
    steps: tuple[Step, ...] = ()
    if matter.explain:
        steps = (
            Step("joined", {"at": in_utc(begun.at)}),
            *(Step("exam_failed", said) for said in _failed_exams(version, matter)),
            *(duty.step for duty in sorted(duties, key=lambda duty: duty.last_day)),
        )
    due = end_of_day(earliest.last_day, zone)
    started = end_of_day(earliest.since - timedelta(days=1), zone)
    late = [duty for duty in duties if matter.now > end_of_day(duty.last_day, zone)]
    if late:
        failed = tuple(duty.name for duty in late)
        return Missed(at=None, due_at=due, started_at=started, failed=failed, steps=steps)
    warn_at = max(started, due - _WARN_DAYS)
    return Running(due_at=due, warn_at=warn_at, started_at=started, steps=steps)


def _trainings(version: TrainingVersion, matter: Matter, since: date) -> Iterator[_Duty]:
    months = version.train_every_months
    if months is None:
        return
    trained = [event for event in matter.events if event.kind in version.trained]
    for topic in version.topics:
        last = _last([e for e in trained if topic.id in (names_given(e, "topics") or (topic.id,))])
        begun, ends = _cycle(version, matter, since, last, months)
        said: dict[str, Param] = {
            "day": ends,
            "n": months,
            "name_zh": topic.title.zh,
            "name_en": topic.title.en,
        }
        yield _Duty(f"topics.{topic.id}", begun, ends, Step("train_by", said))


def _exams(version: TrainingVersion, matter: Matter, since: date) -> Iterator[_Duty]:
    months = version.exam_every_months
    if months is None:
        return
    passed = _last([e for e in _taken(version, matter) if _is_passed(version, e)])
    revoked = _last([e for e in matter.events if e.kind in version.revoked])
    begun, ends = _cycle(version, matter, since, passed, months)
    named = day_given(passed, "valid_until") if passed else None
    if named is not None:
        ends = min(ends, named)
    if passed is not None and revoked is not None and revoked.at >= passed.at:
        ends = min(ends, matter.calendar.day_of(revoked.at) - timedelta(days=1))
    yield _Duty("exam", begun, ends, Step("exam_by", {"day": ends, "n": months}))


def _cycle(
    version: TrainingVersion, matter: Matter, since: date, last: Event | None, months: int
) -> tuple[date, date]:
    """From when it is counted and the last day for it."""
    if last is not None:
        day = matter.calendar.day_of(last.at)
        return day, months_later(day, months=months)
    return since, months_later(since, months=version.first_within_months or months)


def _taken(version: TrainingVersion, matter: Matter) -> list[Event]:
    return [event for event in matter.events if event.kind in version.examined]


def _is_passed(version: TrainingVersion, exam: Event) -> bool:
    """By the mark where the rule gives one, else as the examiner says."""
    if version.pass_mark is None:
        return is_given(exam, "passed")
    score = number_given(exam, "score")
    return score is not None and score >= version.pass_mark


def _failed_exams(version: TrainingVersion, matter: Matter) -> Iterator[Mapping[str, Param]]:
    mark = "" if version.pass_mark is None else f"{version.pass_mark:g}"
    for exam in _taken(version, matter):
        if not _is_passed(version, exam):
            score = number_given(exam, "score")
            yield {
                "at": in_utc(exam.at),
                "score": "" if score is None else f"{score:g}",
                "mark": mark,
            }


def _last(events: Sequence[Event]) -> Event | None:
    return events[-1] if events else None
