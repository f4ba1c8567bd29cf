"""The page of one hazard: its chain as steps, clocks, readings, photos, notices, what happened."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_chip, clock_title
from shouwen.core.clause import Words
from shouwen.core.events import EVENTS, Event
from shouwen.core.hazards import Chain, lacking
from shouwen.fieldwork.models import Hazard, HazardNotice, HazardReading
from shouwen.fieldwork.presenters.hazard_acts import (
    give_action,
    hazard_actions,
    lack_words,
    paper_action,
)
from shouwen.fieldwork.queries.hazards import catalogue, chain_of, standing_of
from shouwen.fieldwork.shown import where_shown
from shouwen.people.models import Staff
from shouwen.people.presenters import department_name
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.pages import (
    CaseClock,
    Facts,
    KeyValue,
    Timeline,
    TimelineDay,
    TimelineEntry,
    WhyDrawer,
)
from shouwen.ui.pages_hazards import (
    ChainStep,
    GradeMark,
    HazardPage,
    NoticeBox,
    PaperLink,
    PhotoLink,
    ReadingRow,
)
from shouwen.ui.parts import Note, Tag

_LOOK_OF_STAND = {"ok": "met", "warn": "warn", "danger": "over"}


@dataclass(frozen=True, slots=True)
class HazardSeen:
    """A hazard as one person sees it."""

    hazard: Hazard
    viewer: Staff
    clocks: Sequence[Clock]
    events: Sequence[Event]
    names: Mapping[str, str]
    pack: Pack
    new_id: Callable[[], uuid.UUID]
    now: datetime
    why: WhyDrawer | None = None
    notice: Note | None = None


def mark_of(hazard: Hazard) -> GradeMark:
    """The mark of a hazard: how dangerous, what it is."""
    look = "major" if hazard.grade == "major" else "general"
    return GradeMark(look, str(hazard.get_grade_display()), title_of(hazard))


def title_of(hazard: Hazard) -> str:
    """What the catalogue calls it; its code for one that it does not name any more."""
    kind = catalogue().by_code.get(hazard.code)
    return worded(kind.title if kind else Words(zh=hazard.code, en=hazard.code))


def place_of(hazard: Hazard, viewer: Staff) -> str:
    """Where it is: the home, else the words, as far as the reader sees homes; and the spot."""
    home = where_shown(premises=hazard.premises, words=hazard.place, viewer=viewer)
    return " · ".join(part for part in (home, hazard.where) if part)


def stand_tag(stands: str) -> Tag:
    """How a reading stands."""
    words = {"ok": _("正常"), "warn": _("偏离"), "danger": _("危险")}
    return Tag(words.get(stands, stands), _LOOK_OF_STAND.get(stands, ""))


def unit_words(unit: str) -> str:
    """A unit as people write it; most are written everywhere alike."""
    return {"months": _("个月"), "years": _("年"), "s": _("秒")}.get(unit, unit)


def hazard_page(seen: HazardSeen) -> HazardPage:
    """The page as values."""
    hazard = seen.hazard
    chain = chain_of(hazard)
    first, more = hazard_actions(
        hazard=hazard, chain=chain, viewer=seen.viewer, new_id=seen.new_id
    )
    origin = _("%(at)s %(name)s 发现") % {
        "at": wording.moment(hazard.found_at, now=seen.now), "name": hazard.found_by.name,
    }  # fmt: skip
    return HazardPage(
        number=hazard.number,
        mark=mark_of(hazard),
        tags=tuple(_tags(hazard, chain)),
        origin=origin,
        place=place_of(hazard, seen.viewer),
        actions=first,
        more_actions=more,
        steps=tuple(_steps(hazard, chain, seen.now)),
        lacks=_lacks(chain),
        clocks=tuple(_clock(clock, seen) for clock in seen.clocks),
        readings=tuple(_reading(read, seen.now) for read in hazard.readings.all()),
        photos=tuple(
            PhotoLink(
                reverse("hazard_photo", args=[hazard.number, photo.pk]),
                _("照片 %(n)d") % {"n": n + 1},
            )
            for n, photo in enumerate(hazard.photos.all())
        ),
        notices=tuple(_notice(each, seen) for each in hazard.notices.all()),
        boxes=(_facts(seen), _known(hazard)),
        timeline=_timeline(seen),
        live_url=reverse("hazard_body", args=[hazard.number]),
        subject_id=str(hazard.pk),
        why=seen.why,
        notice=seen.notice,
    )


def _tags(hazard: Hazard, chain: Chain) -> list[Tag]:
    tags = [Tag(str(hazard.get_state_display()), "met" if chain.closed else "line")]
    if chain.gas_is_off:
        tags.append(Tag(str(hazard.get_stop_display()), "over", "ban"))
    if chain.needs_notice and not chain.notified and not chain.closed:
        tags.append(Tag(_("须书面告知"), "warn", "file-text"))
    return tags


def _lacks(chain: Chain) -> Note | None:
    missing = [lack_words()[code] for code in lacking(chain)]
    if chain.closed or not missing:
        return None
    joined = ("、" if tongue() == "zh" else ", ").join(missing)
    return Note(_("闭环还差：%(what)s") % {"what": joined}, "warn")


def _steps(hazard: Hazard, chain: Chain, now: datetime) -> list[ChainStep]:
    """The chain in its order; what does not concern this hazard is left out."""
    told_at = hazard.notified_at if chain.needs_notice else hazard.told_at
    rows: list[tuple[str, datetime | None, str]] = [
        (_("发现"), hazard.found_at, hazard.found_by.name)
    ]
    kind = catalogue().by_code.get(hazard.code)
    if chain.stopped or (kind and kind.stop):
        seal = _("封签 %(seal)s") % {"seal": hazard.seal} if hazard.seal else ""
        stop = str(hazard.get_stop_display()) if hazard.stop else ""
        rows.append((_("停用停气"), hazard.stopped_at, " · ".join(x for x in (stop, seal) if x)))
    told = _("书面告知") if chain.needs_notice else _("告知")
    until = (
        _("%(day)s 到期") % {"day": wording.moment(hazard.until, now=now)} if hazard.until else ""
    )
    rows.append((told, told_at, until))
    if chain.removed:
        rows.append((_("永久拆除"), hazard.removed_at, hazard.removal))
    else:
        rows.append((_("整改"), hazard.rectified_at, str(hazard.get_side_display())))
        order = hazard.recheck.number if hazard.recheck else ""
        rows.append((_("复查"), hazard.passed_at, order))
        if chain.stopped or (kind and kind.stop):
            rows.append((_("恢复用气"), hazard.gas_back_at, ""))
    rows.append((_("闭环"), hazard.closed_at, hazard.closed_by.name if hazard.closed_by else ""))
    first_open = next((n for n, row in enumerate(rows) if row[1] is None), len(rows))
    return [
        ChainStep(
            no=n + 1, title=title, sub=sub,
            state="done" if at else ("now" if n == first_open else ""),
            time=wording.moment(at, now=now) if at else "",
        )
        for n, (title, at, sub) in enumerate(rows)
    ]  # fmt: skip


def _clock(clock: Clock, seen: HazardSeen) -> CaseClock:
    return CaseClock(
        label=clock_title(clock, pack=seen.pack),
        chip=clock_chip(
            clock, pack=seen.pack, now=seen.now, width=0 if clock.state == "met" else 64,
            dense=True, is_told=True,
        ),
        clause=clause_mark(clock, pack=seen.pack),
        why_url=f"{reverse('hazard', args=[seen.hazard.number])}?why={clock.pk}",
    )  # fmt: skip


def _reading(read: HazardReading, now: datetime) -> ReadingRow:
    plan = catalogue().readings.get(read.reading)
    parts = (
        str(read.get_moment_display()), wording.moment(read.at, now=now), read.by.name,
        read.instrument or _("没写仪器号"),
    )  # fmt: skip
    return ReadingRow(
        title=worded(plan.title) if plan else read.reading,
        value=f"{read.value} {unit_words(read.unit)}".strip(),
        stands=stand_tag(read.stands),
        sub=" · ".join(parts),
    )


def _notice(notice: HazardNotice, seen: HazardSeen) -> NoticeBox:
    hazard = seen.hazard
    may = can(seen.viewer, Allowed.WORK_ON_HAZARD, standing_of(hazard))
    actions = []
    if may and notice.given_at is None:
        actions.append(give_action(hazard=hazard, notice=notice, new_id=seen.new_id))
    if may:
        actions.append(paper_action(hazard=hazard, notice=notice, new_id=seen.new_id))
    given = notice.given_at is not None
    who = notice.signer or notice.witness or notice.words
    papers = tuple(
        PaperLink(
            name=f"{notice.number}-{paper.ordinal}.pdf",
            url=reverse("hazard_paper", args=[hazard.number, paper.pk]),
            sub=_("封存 %(key)s · %(sha)s…") % {"key": paper.key[:8], "sha": paper.sha256[:12]},
        )
        for paper in notice.papers.all()
    )
    until = _("%(at)s 到期") % {"at": wording.moment(notice.until, now=seen.now)}
    return NoticeBox(
        number=notice.number,
        state=Tag(str(notice.get_how_display()), "met") if given else Tag(_("还没送达"), "warn"),
        sub=" · ".join(part for part in (until, who) if part),
        papers=papers,
        actions=tuple(actions),
    )


def _facts(seen: HazardSeen) -> Facts:
    hazard = seen.hazard
    place = place_of(hazard, seen.viewer)
    rows = [
        KeyValue(_("编号"), hazard.number),
        KeyValue(_("地址"), place or _("没问到"), missing=not place),
        KeyValue(_("责任侧"), str(hazard.get_side_display())),
        KeyValue(_("负责人"), str(hazard.owner)),
        KeyValue(_("部门"), department_name(hazard.department) or _("没设置")),
    ]
    if hazard.premises:
        url = reverse("premises", args=[hazard.premises.pk])
        may = can(seen.viewer, Allowed.SEARCH_CUSTOMERS)
        rows[1] = KeyValue(
            _("地址"), place, link_url=url if may else "",
            link_label=_("这一户") if may else "",
        )  # fmt: skip
    if hazard.remark:
        rows.append(KeyValue(_("情况"), hazard.remark))
    if hazard.case and can(seen.viewer, Allowed.LIST_CASES):
        rows.append(
            KeyValue(
                _("工单"),
                "",
                link_url=reverse("case", args=[hazard.case.number]),
                link_label=hazard.case.number,
            )
        )
    if hazard.recheck:
        who = hazard.recheck.assignee.name if hazard.recheck.assignee else _("待派")
        rows.append(KeyValue(_("复查单"), f"{hazard.recheck.number} · {who}"))
    return Facts(title=_("这处隐患"), rows=tuple(rows))


def _known(hazard: Hazard) -> Facts:
    """What the catalogue says of it."""
    kind = catalogue().by_code.get(hazard.code)
    rows = [KeyValue(_("目录编号"), hazard.code)]
    if kind:
        joined = " → ".join(worded(catalogue().action(code)) for code in kind.actions)
        rows.append(KeyValue(_("做什么"), joined))
        if tongue() == "zh":
            known = (
                (_("限值"), kind.limit_zh), (_("怎么查"), kind.found_how_zh),
                (_("复查"), kind.recheck_zh), (_("期限"), kind.due_zh), (_("依据"), kind.basis_zh),
            )  # fmt: skip
            rows += [KeyValue(label, text) for label, text in known if text]
    return Facts(title=_("隐患目录"), rows=tuple(rows))


def _timeline(seen: HazardSeen) -> Timeline:
    told = [event for event in seen.events if event.kind.startswith("hazard.")]
    ordered = sorted(told, key=lambda event: event.at, reverse=True)
    days = tuple(
        TimelineDay(wording.day_text(day), tuple(_entry(event, seen) for event in of_day))
        for day, of_day in groupby(ordered, key=lambda event: wording.local_day(event.at))
    )
    return Timeline(choices=(), days=days)


def _entry(event: Event, seen: HazardSeen) -> TimelineEntry:
    kind = EVENTS[event.kind]
    told = [
        str(event.data[name])
        for name in ("notice", "order", "seal", "value", "rung")
        if event.data.get(name)
    ]
    text = kind.en if tongue() == "en" else kind.zh
    return TimelineEntry(
        time=wording.clock_text(event.at),
        icon=_ICONS.get(event.kind, "note"),
        actor=seen.names.get(event.by, event.by),
        text=" · ".join([text, *told]),
        at_iso=event.at.isoformat(),
    )


_ICONS = {
    "hazard.found": "alert-triangle",
    "hazard.made_safe": "ban",
    "hazard.notice_made": "file-text",
    "hazard.notified": "rubber-stamp",
    "hazard.paper_sealed": "lock",
    "hazard.recheck_passed": "circle-check",
    "hazard.gas_back": "flame",
    "hazard.closed": "circle-check",
    "hazard.rectified": "check",
    "hazard.photo_added": "eye",
}
