"""The timers of a call: rings, talk, look-up; and the call-back promise that the last one leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from shouwen.clocks.presenters import clock_chip
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.guiding.promising import drafted
from shouwen.guiding.steps import Stepped, filled, mark, slots, version_of
from shouwen.hotline.desk_values import OnCall, seconds_of
from shouwen.hotline.presenters.saying import act_url
from shouwen.ui import wording
from shouwen.ui.pages import SaidPart
from shouwen.ui.pages_cockpit import Act, Dial, Draft
from shouwen.ui.presenters import Burn, ClockChip, ClockFacts, burn

AMBER = 0.8  # of a limit: from then on a timer is amber
WIDTH = 300


@dataclass(frozen=True, slots=True)
class Counting:
    """Something that counts: from when, up to how many seconds, until when."""

    since: datetime
    limit: float
    until: datetime | None = None

    def used(self, now: datetime) -> float:
        """Seconds used."""
        return max(0.0, ((self.until or now) - self.since).total_seconds())

    def look(self, now: datetime) -> str:
        """run, warn from 80 % on, over past the limit; met when it ended within it."""
        used = self.used(now)
        if used > self.limit:
            return "over"
        if self.until is not None:
            return "met"
        return "warn" if used >= self.limit * AMBER else "run"

    @property
    def amber_at(self) -> datetime:
        """From when on it is amber."""
        return self.since + timedelta(seconds=self.limit * AMBER)


def dials(seen: OnCall, steps: Sequence[Stepped]) -> tuple[Dial, ...]:
    """Two timers: rings while it rings, else the talk; and the look-up."""
    first = _ring_dial(seen) if seen.call.stage == "ringing" else talk_dial(seen)
    found = [first, _look_up_dial(seen, steps)]
    return tuple(dial for dial in found if dial is not None)


def _ring_dial(seen: OnCall) -> Dial | None:
    rule = seen.plan.limits.answer
    version = version_of(seen, rule)
    if not isinstance(version, CallMeasureVersion) or version.rings is None:
        return None
    if seen.offer is None or seen.offer.offered_at is None:
        return None
    rings = version.rings
    counting = Counting(seen.offer.offered_at, rings.kept_below)
    number = int(counting.used(seen.now) // (rings.on + rings.off)) + 1
    dial = _dial(
        seen,
        counting,
        title=_("振铃，%(count)d 声内接") % {"count": rings.count},
        rule=rule,
        limit_text=_("/ %(count)d 声") % {"count": rings.count},
    )
    return _counted(dial, number, per=rings.on + rings.off)


def _counted(dial: Dial, number: int, *, per: float) -> Dial:
    unit = _("第 %(n)s 声")
    return Dial(
        title=dial.title,
        value=unit % {"n": number},
        limit_text=dial.limit_text,
        look=dial.look,
        burn=dial.burn,
        mark=dial.mark,
        started_iso=dial.started_iso,
        limit=dial.limit,
        unit=unit.replace("%(n)s", "{n}"),
        per=per,
    )


def talk_dial(seen: OnCall, *, width: int = WIDTH) -> Dial | None:
    """The talk against its limit."""
    rule = seen.plan.limits.talk
    limit = seconds_of(seen.pack, rule, seen.call.rang_at)
    began = seen.call.answered_at
    if limit is None or began is None:
        return None
    return _dial(
        seen,
        Counting(began, limit, seen.call.ended_at),
        title=_("通话，%(time)s内办完") % {"time": _length(limit)},
        rule=rule,
        limit_text=f"/ {_clock(limit)}",
        width=width,
    )


def look_up(seen: OnCall, steps: Sequence[Stepped]) -> Counting | None:
    """The look-up: from the hold on, or since the steps before it were done."""
    limit = seconds_of(seen.pack, seen.plan.limits.look_up, seen.call.rang_at)
    if limit is None or seen.call.answered_at is None:
        return None
    if seen.held_since is not None:
        return Counting(seen.held_since, limit)
    before: datetime | None = None
    for each in steps:
        if each.step.id == seen.plan.limits.from_step:
            if each.state == "" or before is None:
                return None
            until = each.done.at if each.done else seen.call.ended_at
            return Counting(before, limit, until)
        before = max(before or each.done.at, each.done.at) if each.done else before
    return None


def _look_up_dial(seen: OnCall, steps: Sequence[Stepped]) -> Dial | None:
    rule = seen.plan.limits.look_up
    limit = seconds_of(seen.pack, rule, seen.call.rang_at)
    if limit is None:
        return None
    counting = look_up(seen, steps)
    title = _("查找，满 %(time)s改约回电") % {"time": _length(limit)}
    if seen.held_since is not None:
        title = _("保持，满 %(time)s改约回电") % {"time": _length(limit)}
    if counting is None:
        waits = burn(ClockFacts(state="gap"), now=seen.now, width=WIDTH)
        return Dial(title, "00:00", f"/ {_clock(limit)}", "idle", waits, mark(seen, rule, "todo"))
    return _dial(seen, counting, title=title, rule=rule, limit_text=f"/ {_clock(limit)}")


def _dial(
    seen: OnCall, counting: Counting, *, title: str, rule: str, limit_text: str, width: int = WIDTH
) -> Dial:
    look = counting.look(seen.now)
    moves = counting.until is None
    return Dial(
        title=title,
        value=_clock(counting.used(seen.now)),
        limit_text=limit_text,
        look=look,
        burn=_burn(counting, look, now=seen.now, width=width),
        mark=mark(seen, rule, {"over": "broken", "met": "kept", "warn": "now"}.get(look, "")),  # type: ignore[arg-type]  # one of the mark's states
        started_iso=counting.since.isoformat() if moves else "",
        limit=counting.limit,
    )


def _burn(counting: Counting, look: str, *, now: datetime, width: int) -> Burn:
    ends = counting.since + timedelta(seconds=counting.limit)
    state = {"run": "running", "warn": "warned", "over": "missed", "met": "met"}[look]
    third = timedelta(seconds=counting.limit / 3)
    facts = ClockFacts(
        state=state,  # type: ignore[arg-type]  # one of the drawing's states
        started_at=counting.since,
        due_at=ends,
        stopped_at=counting.until,
        milestones=(counting.since + third, counting.since + 2 * third) if look == "run" else (),
    )
    return burn(facts, now=now, width=width)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _length(seconds: float) -> str:
    if seconds % 60 == 0:
        return _("%(n)d 分钟") % {"n": seconds // 60}
    return _("%(n)d 秒") % {"n": seconds}


# --- the promise that is drafted


def draft(seen: OnCall, steps: Sequence[Stepped]) -> Draft | None:
    """The call-back as it would be promised now, or as it was promised."""
    plan = seen.plan.promise
    found = drafted(seen, now=seen.now)
    if found is None or not plan.says:
        return None
    due_at = seen.promised.due_at if seen.promised else found.due_at
    due_text = _spoken_moment(due_at)
    counting = look_up(seen, steps)
    marks = [mark(seen, rule) for rule in plan.rules]
    number = seen.case.caller_phone if seen.case and seen.case.caller_phone else seen.call.number
    return Draft(
        parts=_words(seen, due_text),
        marks=tuple(each for each in marks if each),
        number=number,
        number_shown=_("%(number)s（本机）") % {"number": wording.masked_phone(number)},
        what=seen.promised.words if seen.promised else _matter(seen),
        owner=_("%(name)s（首问）")
        % {"name": seen.case.first_asked.name if seen.case else seen.viewer.name},
        why=found.why,
        act=None if seen.promised else _act(seen, due_at),
        is_due=seen.promised is None
        and counting is not None
        and counting.until is None
        and seen.now >= counting.amber_at,
        due_iso=counting.amber_at.isoformat() if counting and counting.until is None else "",
        made=_("已承诺，%(due)s前回电") % {"due": wording.full_moment(due_at)}
        if seen.promised
        else "",
        clock=_promise_clock(seen),
    )


def _promise_clock(seen: OnCall) -> ClockChip | None:
    clock = next((each for each in seen.clocks if each.rule_id in seen.plan.promise.rules), None)
    if clock is None or seen.pack is None:
        return None
    return clock_chip(clock, pack=seen.pack, now=seen.now)


def _matter(seen: OnCall) -> str:
    case = seen.case
    return case.said if case and case.said and not case.said.startswith("（") else ""


def _act(seen: OnCall, due_at: datetime) -> Act:
    return Act(
        _("记下承诺"),
        act_url(seen, "promise"),
        key="F4",
        look="primary",
        values=(("due", due_at.isoformat()),),
    )


def _words(seen: OnCall, due_text: str) -> tuple[SaidPart, ...]:
    known = {**slots(seen), "due": due_text}
    line = seen.plan.promise.says
    if not known["called"]:
        line = line.replace("{called}，", "")
    return filled(line, known)


def _spoken_moment(at: datetime) -> str:
    """10月12日（周一）17:30, as it is said, in Chinese whatever the screen speaks."""
    local = wording.local(at)
    day = "一二三四五六日"[local.weekday()]
    return f"{local.month}月{local.day}日（周{day}）{local:%H:%M}"
