"""Incidents as plain values for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.crews import Crew
from shouwen.cases.models import Incident, IncidentCase
from shouwen.cases.presenters import reasons
from shouwen.cases.presenters.acts import NewId, act_field
from shouwen.cases.presenters.kinds import incident_words
from shouwen.cases.shown import customer_shown
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_chip, clock_title
from shouwen.people.models import Staff
from shouwen.people.presenters import department_name
from shouwen.standard.forms import IncidentPlan
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages import CaseClock
from shouwen.ui.pages_incidents import CrewRow, IncidentPage, IncidentRow, IncidentsPage, MemberRow
from shouwen.ui.parts import Action, Empty, Field, KeyLabel, Note, Tag

_LOOKS = {"sms": "met", "call_back": "warn", "before": "line"}


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident as one person sees it: `members` are the cases they may see, of `count`."""

    incident: Incident
    members: Sequence[IncidentCase]
    count: int
    homes: int
    viewer: Staff
    may_run: bool
    plan: IncidentPlan
    new_id: NewId
    now: datetime
    pack: Pack
    clocks: Sequence[Clock] = ()
    crews: Sequence[Crew] = ()


def list_page(found: Sequence[Incident], *, now: datetime) -> IncidentsPage:
    """The incidents in the order given."""
    rows = tuple(
        IncidentRow(
            number=each.lead.number,
            place=each.place,
            sub=_estates(each),
            count=_("%(count)d 张工单") % {"count": each.count},  # type: ignore[attr-defined]  # counted by the query
            since=wording.moment(each.opened_at, now=now),
            url=reverse("incident", args=[each.lead.number]),
            state=_state(each, now=now),
        )
        for each in found
    )
    empty = Empty(_("没有管网事件"), _("多户的故障在工单上“开管网事件”，这里就会出现"))
    return IncidentsPage(heading=_("管网事件"), rows=rows, empty=None if rows else empty)


def _estates(incident: Incident) -> str:
    names = [estate.name for estate in incident.estates.all()]
    return "、".join([*names, incident.zone] if incident.zone else names)


def _state(incident: Incident, *, now: datetime) -> Tag:
    if incident.ended_at is None:
        return Tag(_("抢修中"), "warn")
    return Tag(_("%(at)s 结束") % {"at": wording.moment(incident.ended_at, now=now)}, "met")


def incident_page(seen: IncidentSeen, *, notice: Note | None = None) -> IncidentPage:
    """The page of one incident."""
    incident = seen.incident
    number = incident.lead.number
    hidden = seen.count - len(seen.members)
    tags = [_state(incident, now=seen.now)]
    if incident.lead.severity:
        look = "over" if incident.lead.severity == "major" else "line"
        tags.append(Tag(reasons.severities()[incident.lead.severity], look))
    says = incident_words(seen.plan, place=incident.place, until=incident.until, now=seen.now)
    return IncidentPage(
        number=number,
        title=incident.place,
        tags=tuple(tags),
        origin=_("%(at)s %(name)s 开")
        % {
            "at": wording.moment(incident.opened_at, now=seen.now),
            "name": incident.opened_by.name,
        },
        rows=tuple(_rows(seen)),
        says=says if incident.is_open else incident.outcome,
        actions=_actions(seen) if incident.is_open and seen.may_run else (),
        members=tuple(_member(each, seen) for each in seen.members),
        summary=_told(seen),
        live_url=reverse("incident_body", args=[number]),
        subject_id=str(incident.pk),
        hidden=_("另有 %(count)d 张不归您看") % {"count": hidden} if hidden else "",
        clocks=tuple(_clock(clock, seen) for clock in seen.clocks),
        crews=tuple(_crew(crew, seen.now) for crew in seen.crews),
        notice=notice,
    )


def _clock(clock: Clock, seen: IncidentSeen) -> CaseClock:
    return CaseClock(
        label=clock_title(clock, pack=seen.pack),
        chip=clock_chip(
            clock,
            pack=seen.pack,
            now=seen.now,
            width=0 if clock.state == "met" else 64,
            dense=True,
        ),
        clause=clause_mark(clock, pack=seen.pack),
    )


def _crew(crew: Crew, now: datetime) -> CrewRow:
    sub = ""
    if crew.planned_from:
        sub = _("%(at)s 去") % {"at": wording.moment(crew.planned_from, now=now)}
    return CrewRow(
        order=crew.order,
        who=crew.who or _("还没派人"),
        state=Tag(crew.state, "met" if crew.is_over else ("line" if crew.who else "warn")),
        sub=sub,
    )


def _rows(seen: IncidentSeen) -> list[KeyLabel]:
    incident = seen.incident
    until = wording.moment(incident.until, now=seen.now) if incident.until else _("还没定")
    rows = [
        KeyLabel(_("小区"), _estates(incident) or _("没写")),
        KeyLabel(_("在册户数"), str(seen.homes)),
        KeyLabel(_("承办"), department_name(incident.lead.department)),
        KeyLabel(_("预计恢复"), until),
    ]
    if incident.zone:
        rows.insert(1, KeyLabel(_("压力区"), incident.zone))
    return rows


def _told(seen: IncidentSeen) -> str:
    if seen.incident.is_open:
        return _("%(count)d 张工单") % {"count": seen.count}
    told = sum(1 for each in seen.members if each.told)
    return _("%(told)d／%(count)d 已有答复或回电承诺") % {"told": told, "count": len(seen.members)}


def _member(member: IncidentCase, seen: IncidentSeen) -> MemberRow:
    case = member.case
    person = customer_shown(case=case, viewer=seen.viewer)
    parts = (person.called, person.short_address)
    told = member.told
    return MemberRow(
        number=case.number,
        title=case.said,
        sub=" · ".join(part for part in parts if part),
        url=reverse("case", args=[case.number]),
        owner=case.owner.name,
        reported=wording.moment(case.reported_at, now=seen.now),
        told=Tag(str(member.get_told_display()), _LOOKS[told]) if told else None,
    )


def _actions(seen: IncidentSeen) -> tuple[Action, ...]:
    incident = seen.incident
    number = incident.lead.number
    until = f"{wording.local(incident.until):%Y-%m-%dT%H:%M}" if incident.until else ""
    usual = seen.plan.over.replace("{place}", incident.place)
    return (
        Action(
            id="end",
            verb=_("故障排除，结束"),
            url=reverse("incident_end", args=[number]),
            icon="check",
            look="primary",
            question=_("故障排除了？"),
            text=_("每位客户都会得到这句答复：发得了短信的发短信，发不了的由首问责任人回电。"),
            confirm=_("结束并答复"),
            fields=(
                Field("words", _("答复客户"), kind="textarea", value=usual, required=False),
                act_field(seen.new_id),
            ),
        ),
        Action(
            id="until",
            verb=_("改预计时间"),
            url=reverse("incident_until", args=[number]),
            icon="calendar-time",
            question=_("预计什么时候恢复？"),
            text=_("来电的人会听到这个时间。还说不准就空着。"),
            confirm=_("改"),
            fields=(
                Field("until", _("预计恢复"), kind="datetime-local", value=until, required=False),
                act_field(seen.new_id),
            ),
        ),
    )
