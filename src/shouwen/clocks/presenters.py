"""Clock rows as chips, marks and the "why then" drawer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.clocks.models import Clock
from shouwen.clocks.queries import verdict_of
from shouwen.core.timing.steps import Param, Step
from shouwen.standard.explain import worded as worded_steps
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.pages import SaidPart, WhyDrawer
from shouwen.ui.parts import Action, ClauseMark, Note, WhyStep
from shouwen.ui.presenters import ClockChip, ClockFacts, chip
from shouwen.ui.strips import DayStrip, HourLine, StripDay, day_strip, hour_line


def clock_facts(clock: Clock, *, reasons: Mapping[str, str]) -> ClockFacts:
    """What the drawing of a clock needs; `reasons` words the pause reasons of the pack."""
    state = clock.state if clock.state not in ("excepted", "not_provable") else "not_applicable"
    return ClockFacts(
        state=state,  # type: ignore[arg-type]  # the row's choices are the drawing's states
        started_at=clock.started_at,
        due_at=clock.due_at,
        warn_at=clock.warn_at,
        stopped_at=clock.stopped_at,
        paused_at=clock.paused_at,
        remaining_seconds=clock.remaining_seconds,
        reason=reasons.get(clock.reason, _reason(clock.reason)),
    )


def clock_chip(
    clock: Clock,
    *,
    pack: Pack,
    now: datetime,
    width: int = 60,
    dense: bool = False,
    is_told: bool = False,
) -> ClockChip:
    """The chip of a clock row at `now`. A clock whose time is up shows so before the ticker comes.

    It leads to its reasons, unless they are told beside it already (`is_told`).
    """
    facts = clock_facts(clock, reasons=reason_words(pack))
    url = "" if is_told else reverse("why", args=[clock.pk])
    return chip(_as_of(facts, now), now=now, width=width, dense=dense, why_url=url)


def _as_of(facts: ClockFacts, now: datetime) -> ClockFacts:
    if facts.state not in ("running", "warned") or facts.due_at is None:
        return facts
    if now > facts.due_at:
        return replace(facts, state="missed")
    if facts.warn_at and now >= facts.warn_at:
        return replace(facts, state="warned")
    return facts


def clause_mark(clock: Clock, *, pack: Pack) -> ClauseMark | None:
    """The clause the clock comes from; None when the pack does not know the rule any more."""
    rule = pack.rules.get(clock.rule_id)
    return mark_of(rule.clause) if rule else None


def mark_of(clause: str) -> ClauseMark:
    """The mark of a clause; everybody in the house may read what it leads to."""
    return ClauseMark(number=clause, url=reverse("clause", args=[clause]))


def clock_title(clock: Clock, *, pack: Pack) -> str:
    """The rule's title in the active language."""
    rule = pack.rules.get(clock.rule_id)
    return worded(rule.title) if rule else clock.rule_id


def reason_words(pack: Pack) -> dict[str, str]:
    """Pause reasons of the pack in the active language."""
    return {code: worded(words) for code, words in pack.reasons.items()}


def _reason(code: str) -> str:
    return {
        "calendar_year_missing": _("日历还没公布"),
        "no_value": _("没有期限"),
    }.get(code, code)


@dataclass(frozen=True, slots=True)
class WhyPlace:
    """Where the drawer stands: the case it is about and the page without the drawer.

    `words` are those that stand beside the journal, by the id that the journal holds instead:
    the evidence of a pause is shown, not its id.
    """

    case_text: str
    case_url: str
    close_url: str
    words: Mapping[str, str] = field(default_factory=dict)


def why_drawer(clock: Clock, *, pack: Pack, now: datetime, place: WhyPlace) -> WhyDrawer:
    """Why a clock is due when it is due, computed afresh from the journal and compared."""
    fresh = verdict_of(clock=clock, now=now)
    rule = pack.rules.get(clock.rule_id)
    steps = fresh.verdict.steps
    told = why_steps(steps, pack=pack, now=now)
    return WhyDrawer(
        title=_why_title(clock, pack=pack),
        clock=clock_chip(clock, pack=pack, now=now, is_told=True),
        case_text=place.case_text,
        case_url=place.case_url,
        wording=(SaidPart(worded(rule.wording)),) if rule else (),
        clause=clause_mark(clock, pack=pack),
        version_text=_version_text(clock, pack),
        days=_days(clock, steps),
        line=_line(clock, steps, now=now),
        steps=tuple(replace(step, text=_with_words(step.text, place.words)) for step in told),
        check=_check(is_same=fresh.is_same, now=now),
        actions=(
            Action(
                id="open-case",
                verb=_("打开工单"),
                url=place.case_url,
                is_link=True,
                look="primary",
            ),
        ),
        close_url=place.close_url,
    )


def why_steps(steps: Sequence[Step], *, pack: Pack, now: datetime) -> tuple[WhyStep, ...]:
    """The steps that led to a verdict, in the active language."""
    told = worded_steps(
        steps,
        tongue(),
        zone=pack.calendar.zone,
        reasons=pack.reasons,
        this_year=wording.local_day(now).year,
    )
    return tuple(WhyStep(step.text, step.source) for step in told)


def _with_words(text: str, words: Mapping[str, str]) -> str:
    for key in words:
        if key in text:
            text = text.replace(key, words[key])
    return text


def _why_title(clock: Clock, *, pack: Pack) -> str:
    if clock.due_at is None:
        return clock_title(clock, pack=pack)
    return _("为什么 %(moment)s 到期") % {"moment": wording.full_moment(clock.due_at)}


def _version_text(clock: Clock, pack: Pack) -> str:
    rule = pack.rules.get(clock.rule_id)
    if rule is None or clock.rule_from is None:
        return ""
    days = [version.from_ for version in rule.versions]
    number = days.index(clock.rule_from) + 1 if clock.rule_from in days else 0
    return _("第 %(number)s 版，%(day)s 起用") % {
        "number": number,
        "day": clock.rule_from.isoformat(),
    }


def _days(clock: Clock, steps: Sequence[Step]) -> DayStrip | None:
    """The strip of days of a limit in working days; None for limits in hours."""
    counted = {
        step.params["day"]: int(str(step.params["n"]))
        for step in steps
        if step.code == "working_day" and not step.params.get("seconds")
    }
    if not counted or clock.started_at is None or clock.due_at is None:
        return None
    received, last = wording.local_day(clock.started_at), wording.local_day(clock.due_at)
    days = [received + timedelta(days=n) for n in range((last - received).days + 1)]
    strip = [_strip_day(day, received=received, counted=counted, steps=steps) for day in days]
    return day_strip(
        strip,
        received_at=clock.started_at,
        due_at=clock.due_at,
        off_text=_off_text(steps),
        label=_("%(from)s 收到，%(due)s 到期，中间数了 %(count)s 个工作日")
        % {
            "from": wording.full_moment(clock.started_at),
            "due": wording.full_moment(clock.due_at),
            "count": len(counted),
        },
    )


def _strip_day(
    day: date, *, received: date, counted: Mapping[Param, int], steps: Sequence[Step]
) -> StripDay:
    if day == received:
        return StripDay(day, "received", counted.get(day, 0))
    if day in counted:
        return StripDay(day, "counted", counted[day])
    paused = any(step.code == "paused_day" and step.params["day"] == day for step in steps)
    return StripDay(day, "uncounted" if paused else "off")


def _off_text(steps: Sequence[Step]) -> str:
    holidays = [step.params for step in steps if step.code == "skipped_holiday"]
    if not holidays:
        return _("周末不算工作日") if any(s.code == "skipped_weekend" for s in steps) else ""
    longest = max(holidays, key=lambda params: int(str(params["days"])))
    return _("%(name)s放假 %(days)s 天，不算工作日") % {
        "name": longest["name"],
        "days": longest["days"],
    }


def _line(clock: Clock, steps: Sequence[Step], *, now: datetime) -> HourLine | None:
    """The line of a limit in hours, with its pauses; None for limits in working days."""
    has_days = any(step.code == "working_day" for step in steps)
    if has_days or clock.started_at is None or clock.due_at is None:
        return None
    pauses = [
        (interval.started_at, interval.ended_at or now) for interval in clock.intervals.all()
    ]
    return hour_line(
        started_at=clock.started_at,
        due_at=clock.due_at,
        pauses=pauses,
        now=now,
        label=_("%(from)s 开始，%(due)s 到期")
        % {
            "from": wording.full_moment(clock.started_at),
            "due": wording.full_moment(clock.due_at),
        },
    )


def _check(*, is_same: bool, now: datetime) -> Note:
    moment = wording.clock_text(now)
    if is_same:
        return Note(_("%(at)s 从记录重算，结果一致") % {"at": moment}, "met", "circle-check")
    return Note(_("%(at)s 从记录重算，与存的不一致，以重算为准") % {"at": moment}, "over")
