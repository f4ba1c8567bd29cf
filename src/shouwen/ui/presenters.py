"""Clock chips, incense lines and owner chains as plain values that a template only prints.

Every position is computed here because the content security policy allows no style attribute:
the incense line is SVG with x attributes. Functions are pure; `now` is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwen.ui import wording

ClockState = Literal[
    "running",
    "warned",
    "missed",
    "met",
    "paused",
    "gap",
    "no_promise",
    "not_applicable",
    "cancelled",
]
Look = Literal["run", "warn", "over", "met", "pause", "gap", "na"]

_LOOKS: Final[dict[str, Look]] = {
    "running": "run",
    "warned": "warn",
    "missed": "over",
    "met": "met",
    "paused": "pause",
    "gap": "gap",
    "no_promise": "gap",
    "not_applicable": "na",
    "cancelled": "na",
}
_TIPS: Final[dict[str, str]] = {
    "run": "round",
    "warn": "triangle",
    "pause": "bars",
    "met": "tick",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What a clock row knows; instants aware. Fields that a state does not need stay None.

    state              as stored; see ClockState
    started_at         when it began to count
    due_at             when it is missed; None when paused, in a gap or without a calendar
    warn_at            from when on it is "due soon"
    stopped_at         met or missed: when the act happened (None: missed and still open)
    paused_at          paused: since when
    remaining_seconds  paused: what is left once it resumes
    reason             paused, gap, not applicable: a few characters such as 等客户
    milestones         instants that get a small mark on the line
    """

    state: ClockState
    started_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    remaining_seconds: float | None = None
    reason: str = ""
    milestones: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A horizontal piece of the incense line, in SVG units."""

    x1: float
    x2: float


@dataclass(frozen=True, slots=True)
class Burn:
    """The incense line: ash at the left, the burning tip, what is left, the due mark.

    `tip` names the shape at `tip_x`: round, triangle, bars, tick, or "" for none. `tip_d` is the
    SVG path of a shape that is not round.
    """

    look: Look
    width: int
    ash: Stretch
    end_x: float
    rest: Stretch | None = None
    past: Stretch | None = None
    tip: str = ""
    tip_x: float = 0.0
    tip_d: str = ""
    milestones: tuple[float, ...] = ()

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} 10"

    @property
    def tip_class(self) -> str:
        return self.tip if self.tip in ("bars", "tick") else "tip"


@dataclass(frozen=True, slots=True)
class ClockChip:
    """A clock as it is printed: shape, word, time, line.

    look        css suffix and shape: run, warn, over, met, pause, gap, na
    word        计时中, 将到期, 已超时, 已兑现, 暂停, 缺口, 不适用
    time_text   剩 0:18, 超 0:26, 用 0:40, or a reason
    burn        the incense line; None when the state has none
    dense       the word is hidden from sight (lists); it stays for screen readers
    ticking     counts seconds below an hour (on a call) instead of minutes
    title       the due time in full, for the tooltip
    why_url     where its reasons are told; "" when they stand beside it
    started_iso, due_iso   instants for the browser's countdown; "" when it must not move
    """

    look: Look
    word: str
    time_text: str
    burn: Burn | None
    dense: bool = False
    ticking: bool = False
    title: str = ""
    started_iso: str = ""
    due_iso: str = ""
    why_url: str = ""


def chip(
    facts: ClockFacts,
    *,
    now: datetime,
    width: int = 60,
    dense: bool = False,
    ticking: bool = False,
    why_url: str = "",
) -> ClockChip:
    """The chip of a clock at `now`. `width` 44 in tables, 56–72 in chips, 0 for no line."""
    look = _LOOKS[facts.state]
    counts = look in ("run", "warn")
    moves = counts and facts.due_at is not None
    has_line = width > 0 and look != "na" and (moves or not counts)
    return ClockChip(
        look=look,
        word=state_word(facts.state),
        time_text=_time_text(facts, now=now, ticking=ticking),
        burn=burn(facts, now=now, width=width) if has_line else None,
        dense=dense and (moves or not counts),
        ticking=ticking,
        title=_title(facts),
        started_iso=_iso(facts.started_at) if moves else "",
        due_iso=_iso(facts.due_at) if moves else "",
        why_url=why_url,
    )


def state_word(state: str) -> str:
    """The one word that stands for a state of a clock."""
    return {
        "run": _("计时中"),
        "warn": _("将到期"),
        "over": _("已超时"),
        "met": _("已兑现"),
        "pause": pgettext("state", "暂停"),
        "gap": _("缺口"),
        "na": _("不适用"),
    }[_LOOKS[state]]


def due_text(facts: ClockFacts, *, now: datetime) -> str:
    """The text of the column "due": 17:30, 10月10日 09:00, 恢复后剩 9:40, or a dash."""
    if facts.state == "paused" and facts.remaining_seconds is not None:
        left = wording.length(facts.remaining_seconds, round_up=True)
        return _("恢复后剩 %(time)s") % {"time": left}
    return wording.moment(facts.due_at, now=now) if facts.due_at else "—"


def _time_text(facts: ClockFacts, *, now: datetime, ticking: bool) -> str:
    start, due, stop = facts.started_at, facts.due_at, facts.stopped_at
    match _LOOKS[facts.state]:
        case "run" | "warn" if due:
            left = wording.length((due - now).total_seconds(), ticking=ticking, round_up=True)
            return _("剩 %(time)s") % {"time": left}
        case "over" if due:
            late = wording.length(((stop or now) - due).total_seconds(), ticking=ticking)
            return _("超 %(time)s") % {"time": late}
        case "met" if start and stop:
            used = wording.length((stop - start).total_seconds(), ticking=ticking)
            return _("用 %(time)s") % {"time": used}
        case "gap":
            return facts.reason or _("没有期限")
        case _:
            return facts.reason


def _title(facts: ClockFacts) -> str:
    if facts.due_at is None:
        return facts.reason
    return _("%(moment)s 到期") % {"moment": wording.full_moment(facts.due_at)}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def burn(facts: ClockFacts, *, now: datetime, width: int) -> Burn:
    """The incense line of a clock at `now`; every x lies within 0 … width."""
    look = _LOOKS[facts.state]
    end = float(width - 3)
    if look == "over":
        due_x = _r(1 + (width - 2) * 0.69)
        return Burn(look, width, Stretch(1, due_x), due_x, past=Stretch(due_x, width - 1))
    if look in ("gap", "na"):
        return Burn(look, width, Stretch(1, end), end)
    # The tip is 6 wide: at the very start it would stand in the text before the line.
    tip_x = max(4.0, _r(1 + (end - 1) * used_share(facts, now=now)))
    burnt, left = Stretch(1, tip_x), Stretch(tip_x, end)
    tip = _TIPS[look]
    return Burn(
        look,
        width,
        ash=left if look == "met" else burnt,
        end_x=end,
        rest=burnt if look == "met" else left,
        tip=tip,
        tip_x=tip_x,
        tip_d=_tip_path(tip, tip_x),
        milestones=tuple(_r(1 + (end - 1) * _share_at(facts, at)) for at in facts.milestones),
    )


def _tip_path(tip: str, x: float) -> str:
    match tip:
        case "triangle":
            return f"M{_r(x - 4)} 9L{x} 1L{_r(x + 4)} 9Z"
        case "bars":
            return f"M{_r(x - 2)} 1.5v7M{_r(x + 1.5)} 1.5v7"
        case "tick":
            return f"M{_r(x - 3)} 4l2.5 3l4.5 -5.5"
        case _:
            return ""


def used_share(facts: ClockFacts, *, now: datetime) -> float:
    """The share of the clock's whole time that has burnt down, 0 … 1."""
    if facts.state == "paused" and facts.started_at and facts.remaining_seconds is not None:
        spent = ((facts.paused_at or now) - facts.started_at).total_seconds()
        return _clamped(spent, spent + facts.remaining_seconds)
    return _share_at(facts, facts.stopped_at or now)


def _share_at(facts: ClockFacts, at: datetime) -> float:
    if facts.started_at is None or facts.due_at is None:
        return 0.0
    whole = (facts.due_at - facts.started_at).total_seconds()
    return _clamped((at - facts.started_at).total_seconds(), whole)


def _clamped(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole)) if whole > 0 else 1.0


def _r(value: float) -> float:
    return round(value, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerFact:
    """One person's part in the owner chain, in the order in which they had it; instants aware.

    duty       the word after the name: 首问, 调度, …
    since      when it became theirs, or when it was offered while `waiting`
    took_for   seconds between offer and acceptance; None for whoever took the call
    waiting    offered and not yet accepted
    off_at     when their shift ends, if known
    """

    name: str
    staff_no: str
    duty: str
    since: datetime
    took_for: float | None = None
    waiting: bool = False
    off_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnerLink:
    """One link of the owner chain as printed.

    look   first (asked first, stays for ever), past, own (responsible now), wait (next owner)
    urgent text in amber behind the duty: 待接收，已等 6 分
    """

    look: Literal["first", "past", "own", "wait"]
    initial: str
    name: str
    duty: str
    note: str
    urgent: str = ""
    is_viewer: bool = False


def owner_chain(
    facts: tuple[OwnerFact, ...], *, viewer_no: str, now: datetime
) -> tuple[OwnerLink, ...]:
    """The chain from the person asked first to the one who should accept next."""
    settled = [index for index, fact in enumerate(facts) if not fact.waiting]
    owner = settled[-1] if settled else None
    holder = facts[owner].name if owner is not None else ""
    return tuple(
        replace(
            _owner_link(
                fact, is_first=index == 0, is_owner=index == owner, holder=holder, now=now
            ),
            is_viewer=fact.staff_no == viewer_no,
        )
        for index, fact in enumerate(facts)
    )


def _owner_link(
    fact: OwnerFact, *, is_first: bool, is_owner: bool, holder: str, now: datetime
) -> OwnerLink:
    look: Literal["first", "past", "own", "wait"] = "first" if is_first else "past"
    urgent = ""
    note = _accepted_note(fact, is_first=is_first, now=now)
    if fact.waiting:
        look = "wait"
        waited = wording.waited((now - fact.since).total_seconds())
        urgent = _("待接收，已等 %(time)s") % {"time": waited}
        note = _("接收前，责任仍在%(name)s") % {"name": holder}
    elif is_owner:
        look = "own"
    return OwnerLink(
        look, initial(fact.name), fact.name, _duty(fact.duty, is_owner=is_owner), note, urgent
    )


def _duty(duty: str, *, is_owner: bool) -> str:
    if not is_owner:
        return duty
    return _("%(duty)s · 现在负责") % {"duty": duty} if duty else _("现在负责")


def _accepted_note(fact: OwnerFact, *, is_first: bool, now: datetime) -> str:
    at = wording.moment(fact.since, now=now)
    if is_first:
        return _("%(at)s 接起，一直跟到底") % {"at": at}
    if fact.off_at:
        return _("%(at)s 接收 · %(off)s 下班") % {"at": at, "off": wording.clock_text(fact.off_at)}
    if fact.took_for is None:
        return _("%(at)s 接收") % {"at": at}
    return _("%(at)s 接收，用 %(time)s") % {"at": at, "time": wording.waited(fact.took_for)}


def initial(name: str) -> str:
    """The sign in a person's disc: the surname, or the first letter of a Latin name."""
    return name.strip()[:1].upper()
