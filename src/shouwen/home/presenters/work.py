"""My work: hand-overs waiting for me, then my open cases and promises by urgency."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import AnswerRequest, Case, Handover, IncidentCase, ShiftHandover
from shouwen.cases.presenters import handover_card
from shouwen.cases.presenters.acts import act_field
from shouwen.cases.presenters.kind_acts import asked_text, decide, decided_text
from shouwen.cases.presenters.menu import at_version
from shouwen.cases.presenters.shifts import shift_card
from shouwen.cases.queries import Headline, Told
from shouwen.cases.shown import customer_shown, summary_of
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import (
    clause_mark,
    clock_chip,
    clock_facts,
    clock_title,
    reason_words,
)
from shouwen.home.presenters.board import sum_tiles
from shouwen.home.presenters.urgency import GROUPS, group_of, group_title
from shouwen.hotline.operations.attempts import TRIES_OVER
from shouwen.hotline.queries import readable_callbacks
from shouwen.people.models import Staff
from shouwen.review.models import Coaching, Review
from shouwen.review.presenters.results import coaching_lines
from shouwen.standard.pack import Pack
from shouwen.standard.settings import Ladder
from shouwen.ui.languages import worded
from shouwen.ui.pages import HandOver, MyWorkPage, WorkGroup, WorkRow
from shouwen.ui.pages_casework import Bar, Telling
from shouwen.ui.parts import Action, Empty
from shouwen.ui.presenters import due_text


@dataclass(frozen=True, slots=True)
class Work:
    """What a person's start page is made of."""

    viewer: Staff
    offers: Sequence[Handover]
    clocks: Sequence[Clock]
    quiet_cases: Sequence[Case]
    headlines: Mapping[uuid.UUID, Headline]
    counts: Mapping[str, int]
    pack: Pack
    new_id: Callable[[], uuid.UUID]
    now: datetime
    shifts: Sequence[tuple[ShiftHandover, int]] = ()
    tellings: Sequence[Told] = ()
    told_count: int = 0
    ladder: Ladder = field(default_factory=Ladder)
    to_decide: Sequence[AnswerRequest] = ()
    decided: Sequence[AnswerRequest] = ()
    told_of: Sequence[IncidentCase] = ()
    coaching: Sequence[Coaching] = ()
    coached_on: Mapping[uuid.UUID, Review] = field(default_factory=dict)


def my_work_page(work: Work) -> MyWorkPage:
    """The page: one row for each case or promise, led by its most urgent clock."""
    groups = tuple(_groups(work))
    return MyWorkPage(
        sums=sum_tiles(counts=work.counts, chosen="", url=_board_url),
        handovers=tuple(_offer(offer, work) for offer in work.offers),
        shifts=tuple(
            shift_card(shift, waiting=count, new_id=work.new_id, now=work.now)
            for shift, count in work.shifts
        ),
        tellings=tuple(_telling(told, work) for told in work.tellings),
        tellings_summary=_("%(count)s 件") % {"count": work.told_count},
        tellings_url=f"{reverse('clock_board')}?state=missed",
        bars=(
            *(_to_decide(request, work) for request in work.to_decide),
            *(_decided(request, work) for request in work.decided),
            *(_told_of(member, work) for member in work.told_of),
        ),
        groups=groups,
        coaching=coaching_lines(
            work.coaching,
            calls=work.coached_on,
            pack=work.pack,
            viewer=work.viewer,
            today=work.pack.calendar.day_of(work.now),
            act_id=work.new_id(),
        ),
        rows_url=reverse("my_work_rows"),
        heading=_("我答应的事"),
        empty=None
        if groups
        else Empty(_("手上没有要办的事"), _("有人移交给您，或您接了电话，就会出现在这里")),
    )


def _telling(told: Told, work: Work) -> Telling:
    escalation, clock, case = told.escalation, told.clock, told.escalation.case
    rung = next((each for each in work.ladder.rung if each.id == escalation.rung), None)
    also = _("另 %(count)s 个钟") % {"count": told.others} if told.others else ""
    parts = (
        clock_title(clock, pack=work.pack),
        also,
        case.number,
        _("负责人 %(name)s") % {"name": case.owner.name},
        customer_shown(case=case, viewer=work.viewer).short_address,
    )
    return Telling(
        clock=clock_chip(clock, pack=work.pack, now=work.now, width=44, dense=True),
        rung=worded(rung.title) if rung else _other_reason(escalation.rung),
        title=case.said,
        sub=" · ".join(part for part in parts if part),
        url=reverse("case", args=[case.number]),
        seen=Action(
            id=f"seen-{escalation.pk}",
            verb=_("知道了"),
            url=reverse("escalation_seen", args=[escalation.pk]),
            fields=(act_field(work.new_id),),
        ),
        subject_id=str(case.pk),
    )


def _other_reason(name: str) -> str:
    """Why somebody was told of a promise without a rung of the ladder."""
    return worded(readable_callbacks().last.title) if name == TRIES_OVER else name


def _to_decide(request: AnswerRequest, work: Work) -> Bar:
    both = tuple(at_version(act, request.case) for act in decide(request, work.new_id))
    text = f"{summary_of(request.case, work.viewer)}：{asked_text(request)}"
    return Bar(text=text, icon="rubber-stamp", actions=both)


def _decided(request: AnswerRequest, work: Work) -> Bar:
    text = f"{summary_of(request.case, work.viewer)}：{decided_text(request)}"
    return Bar(
        text=text, icon="rubber-stamp", actions=(_case_link(request.case, str(request.pk)),)
    )


def _told_of(member: IncidentCase, work: Work) -> Bar:
    text = _("%(case)s：管网事件已结束，%(told)s") % {
        "case": summary_of(member.case, work.viewer),
        "told": str(member.get_told_display()),
    }
    return Bar(text=text, icon="git-merge", actions=(_case_link(member.case, str(member.pk)),))


def _case_link(case: Case, name: str) -> Action:
    url = reverse("case", args=[case.number])
    return Action(id=f"look-{name}", verb=_("看工单"), url=url, is_link=True, icon="eye")


def _board_url(state: str) -> str:
    query = f"&state={state}" if state else ""
    return f"{reverse('clock_board')}?scope=mine{query}"


def _offer(offer: Handover, work: Work) -> HandOver:
    return handover_card(
        offer=offer,
        case=offer.case,
        viewer=work.viewer,
        pack=work.pack,
        new_id=work.new_id,
        now=work.now,
    )


def _groups(work: Work) -> list[WorkGroup]:
    by_group: dict[str, list[WorkRow]] = {group: [] for group in GROUPS}
    clocks_of: dict[uuid.UUID, list[Clock]] = {}
    for clock in work.clocks:
        clocks_of.setdefault(clock.subject_id, []).append(clock)
    for subject, clocks in clocks_of.items():
        headline = work.headlines.get(subject)
        if headline:
            row = _row(headline, clocks, work)
            by_group[group_of(clocks[0], now=work.now)].append(row)
    shown = {headline.case_id for pk, headline in work.headlines.items() if pk in clocks_of}
    by_group["owned"].extend(
        _quiet(case, work.viewer) for case in work.quiet_cases if case.pk not in shown
    )
    return [
        WorkGroup(group_title(group, len(rows)), tuple(rows))
        for group, rows in by_group.items()
        if rows
    ]


def _row(headline: Headline, clocks: Sequence[Clock], work: Work) -> WorkRow:
    first = clocks[0]
    facts = clock_facts(first, reasons=reason_words(work.pack))
    others = len(clocks) - 1
    return WorkRow(
        kind="promise" if first.subject_kind == "promise" else "case",
        title=headline.said,
        sub=" · ".join(
            part for part in (headline.number, headline.called, headline.place) if part
        ),
        url=reverse("case", args=[headline.number]),
        clock=clock_chip(first, pack=work.pack, now=work.now, width=44, dense=True),
        due_text=due_text(facts, now=work.now),
        clause=clause_mark(first, pack=work.pack),
        also=_("另 %(count)s 个钟") % {"count": others} if others else "",
        next_text=clock_title(first, pack=work.pack),
        subject_id=str(headline.case_id),
    )


def _quiet(case: Case, viewer: Staff) -> WorkRow:
    person = customer_shown(case=case, viewer=viewer)
    return WorkRow(
        kind="case",
        title=case.said,
        sub=" · ".join(
            part for part in (case.number, person.called, person.short_address) if part
        ),
        url=reverse("case", args=[case.number]),
        clock=None,
        due_text="—",
        subject_id=str(case.pk),
    )
