"""The case page: header, owner chain, clocks, timeline, promises, gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.cases.models import (
    AnswerRequest,
    Case,
    CaseLink,
    Handover,
    Incident,
    Merge,
    Ownership,
    Promise,
)
from shouwen.cases.presenters import acts, around, reasons
from shouwen.cases.presenters.boxes import CARE, customer_box, gap_note, record_box
from shouwen.cases.presenters.kinds import form_box
from shouwen.cases.presenters.menu import Kept, Scene, at_version, case_actions, with_kept
from shouwen.cases.presenters.timeline import timeline, without_numbers
from shouwen.cases.queries import Story, open_offer, standing
from shouwen.cases.shown import customer_shown
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clause_mark, clock_chip, clock_title, mark_of
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.standard.forms import Forms
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages import (
    CaseClock,
    CaseHeader,
    CasePage,
    Facts,
    HandOver,
    MaskedPhone,
    PromiseLine,
    WhyDrawer,
)
from shouwen.ui.parts import ClauseMark, Note, Option, Tag
from shouwen.ui.presenters import (
    ClockChip,
    ClockFacts,
    ClockState,
    OwnerFact,
    OwnerLink,
    chip,
    owner_chain,
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a case page is made of, read before. `off_at`: when the owner's running shift ends, by id."""

    case: Case
    viewer: Staff
    clocks: Sequence[Clock]
    promise_clocks: Sequence[Clock]
    story: Story
    colleagues: Sequence[Staff]
    departments: Sequence[Department]
    pack: Pack
    new_id: acts.NewId
    now: datetime
    neighbours: Sequence[Case] = ()
    links: Sequence[CaseLink] = ()
    merge: Merge | None = None
    forms: Forms = field(default_factory=Forms)
    requests: Sequence[AnswerRequest] = ()
    incident: Incident | None = None
    near_incidents: Sequence[Incident] = ()
    show: str = "all"
    why: WhyDrawer | None = None
    notice: Note | None = None
    off_at: Mapping[int, datetime] = field(default_factory=dict)
    kept: Kept | None = None


def case_page(material: Material) -> CasePage:
    """The page of one case for one viewer."""
    case = material.case
    url = reverse("case", args=[case.number])
    scene = _scene(material)
    promises = tuple(_promise(promise, material) for promise in case.promises.all())
    return CasePage(
        number=case.number,
        subject_id=str(case.pk),
        live_url=reverse("case_body", args=[case.number]),
        header=_header(material, scene),
        chain=_chain(material),
        chain_clause=ownership_mark(material.pack),
        clocks=tuple(_clock(clock, material) for clock in material.clocks),
        timeline=timeline(
            case=case,
            story=material.story,
            pack=material.pack,
            stopped={str(c.pk): c.stopped_at for c in material.clocks if c.stopped_at},
            chosen=material.show,
            url=url,
            now=material.now,
        ),
        promises=promises,
        promises_summary=_promises_summary(case.promises.all()),
        boxes=_boxes(material),
        handover=_handover(material),
        gaps=tuple(gap_note(gap.code) for gap in case.gaps.all() if gap.filled_at is None),
        why=material.why,
        notice=material.notice,
        bars=around.bars(scene, merge=material.merge),
        files=around.files(case, scene),
        ties=around.ties(case, list(material.links), scene),
    )


def _boxes(material: Material) -> tuple[Facts, ...]:
    case, viewer = material.case, material.viewer
    form = form_box(case, forms=material.forms, viewer=viewer)
    return (
        customer_box(case, material.neighbours, viewer=viewer),
        *([form] if form else []),
        record_box(case),
    )


def ownership_mark(pack: Pack) -> ClauseMark | None:
    """The clause of first-asked responsibility: the routing rule of the pack."""
    rules = [rule for rule in pack.rules.values() if rule.kind == "routing"]
    return mark_of(rules[0].clause) if rules else None


def phone_of(case: Case, viewer: Staff) -> MaskedPhone | None:
    """The caller's number as this person sees it, with the way to the whole for those who may."""
    if not case.caller_phone:
        return None
    phone = customer_shown(case=case, viewer=viewer).phone
    may = phone.can_reveal and can(viewer, Allowed.REVEAL_PHONE, standing(case))
    url = reverse("reveal_phone", args=[case.number]) if may else ""
    return MaskedPhone(text=phone.text, reveal_url=url)


def _scene(material: Material) -> Scene:
    case = material.case
    waiting = [promise.kind for promise in case.promises.all() if promise.state == "open"]
    return Scene(
        case=case,
        viewer=material.viewer,
        standing=standing(case),
        offer=open_offer(case),
        colleagues=material.colleagues,
        departments=material.departments,
        pause_reasons=_pause_options(material.pack),
        neighbours=material.neighbours,
        done=frozenset(event.kind for event in material.story.events),
        has_promises=any(
            clock.is_open or clock.state == "missed"
            for clock in [*material.clocks, *material.promise_clocks]
        ),
        is_paused=any(clock.state == "paused" for clock in material.clocks),
        waits_for_answer="call_back" in waiting or "answer" in waiting,
        forms=material.forms,
        requests=material.requests,
        incident=material.incident,
        near_incidents=material.near_incidents,
        new_id=material.new_id,
        now=material.now,
    )


def _header(material: Material, scene: Scene) -> CaseHeader:
    case = material.case
    person = customer_shown(case=case, viewer=material.viewer)
    kind = reasons.case_kinds()[case.kind]
    tags = [Tag(f"{kind} · {reasons.sides()[case.side]}", "flame", "tool")]
    if case.side == "none":
        tags = [Tag(kind, "flame")]
    if person.care:
        tags.append(Tag(str(CARE[person.care]), "care", "heart-handshake"))
    if case.severity == "major":
        tags.append(Tag(_("重大"), "over"))
    if not case.is_open:
        look = "met" if case.state == "closed" else "line"
        tags.append(Tag(reasons.states()[case.state], look))
    return CaseHeader(
        title=case.said,
        tags=tuple(tags),
        origin=_origin(case, material.now),
        customer=person.called or _("没问到称呼"),
        address=person.address or _("没问到地址"),
        phone=phone_of(case, material.viewer),
        actions=with_kept(
            [at_version(action, case) for action in case_actions(scene)], material.kept
        ),
    )


def _origin(case: Case, now: datetime) -> str:
    channels = {
        "phone": _("来自热线"),
        "hall": _("来自营业厅"),
        "paper": _("来自纸单"),
        "field": _("来自现场"),
        "web": _("来自网上"),
        "order_12345": _("来自 12345"),
    }
    came = channels.get(case.channel, case.channel)
    return f"{wording.moment(case.reported_at, now=now)} {came}"


def _pause_options(pack: Pack) -> tuple[Option, ...]:
    listed = (Option(code, worded(words)) for code, words in pack.pause_reasons.items())
    return (Option("", ""), *listed)


def _chain(material: Material) -> tuple[OwnerLink, ...]:
    case = material.case
    links = list(case.chain.all())
    facts = [_owner(link, place == 0, case) for place, link in enumerate(links)]
    if len(links) > 1:
        facts[-1] = replace(facts[-1], off_at=material.off_at.get(links[-1].staff_id))
    offer = open_offer(case)
    if offer:
        facts.append(_next_owner(offer))
    return owner_chain(tuple(facts), viewer_no=material.viewer.staff_no, now=material.now)


def _owner(link: Ownership, is_first: bool, case: Case) -> OwnerFact:  # noqa: FBT001 - local
    taken = next(
        (
            offer
            for offer in case.handovers.all()
            if offer.state == Handover.State.ACCEPTED and offer.answered_at == link.since
        ),
        None,
    )
    took = (link.since - taken.offered_at).total_seconds() if taken else None
    duty = _("首问") if is_first else department_name(link.staff.department)
    if taken and taken.offered_by:
        duty = _("%(duty)s · %(name)s改派") % {"duty": duty, "name": taken.offered_by.name}
    return OwnerFact(
        name=link.staff.name,
        staff_no=link.staff.staff_no,
        duty=duty,
        since=link.since,
        took_for=took,
    )


def _next_owner(offer: Handover) -> OwnerFact:
    name = offer.to_staff.name if offer.to_staff else department_name(offer.to_department)
    number = offer.to_staff.staff_no if offer.to_staff else ""
    by = offer.offered_by
    duty = _("%(name)s改派") % {"name": by.name} if by else ""
    return OwnerFact(name=name, staff_no=number, duty=duty, since=offer.offered_at, waiting=True)


def _clock(clock: Clock, material: Material) -> CaseClock:
    label = clock_title(clock, pack=material.pack)
    if clock.ordinal > 1:
        label = _("%(label)s（重开后）") % {"label": label}
    return CaseClock(
        label=label,
        chip=clock_chip(
            clock,
            pack=material.pack,
            now=material.now,
            width=0 if clock.state == "met" else 64,
            dense=True,
            is_told=True,
        ),
        clause=clause_mark(clock, pack=material.pack),
        why_url=f"{reverse('case', args=[material.case.number])}?why={clock.pk}",
    )


def _promise(promise: Promise, material: Material) -> PromiseLine:
    own = [clock for clock in material.promise_clocks if clock.subject_id == promise.pk]
    open_here = promise.state == Promise.State.OPEN and can(
        material.viewer, Allowed.WORK_ON_CASE, standing(material.case)
    )
    return PromiseLine(
        clock=clock_chip(own[0], pack=material.pack, now=material.now)
        if own
        else _bare_chip(promise, material.now),
        text=_("%(due)s 前：%(words)s")
        % {
            "due": wording.moment(promise.due_at, now=material.now),
            "words": without_numbers(promise.words),
        },
        who=promise.owner.name,
        clause=clause_mark(own[0], pack=material.pack) if own else None,
        actions=(acts.keep(promise=promise, new_id=material.new_id),) if open_here else (),
    )


def _bare_chip(promise: Promise, now: datetime) -> ClockChip:
    """A promise made while the standard could not be read has no clock yet: its own times stand."""
    late = promise.kept_at is None and now > promise.due_at
    state: ClockState = "met" if promise.kept_at else "missed" if late else "running"
    facts = ClockFacts(
        state=state,
        started_at=promise.made_at,
        due_at=promise.due_at,
        stopped_at=promise.kept_at,
    )
    return chip(facts, now=now)


def _promises_summary(promises: Iterable[Promise]) -> str:
    states = [promise.state for promise in promises]
    kept, running = states.count(Promise.State.KEPT), states.count(Promise.State.OPEN)
    return _("兑现 %(kept)s · 在走 %(running)s") % {"kept": kept, "running": running}


def _handover(material: Material) -> HandOver | None:
    offer = open_offer(material.case)
    if offer is None:
        return None
    return handover_card(
        offer=offer,
        case=material.case,
        viewer=material.viewer,
        pack=material.pack,
        new_id=material.new_id,
        now=material.now,
        clock=next((c for c in material.clocks if _is_acceptance(c, material.pack)), None),
        kept=material.kept,
    )


def _is_acceptance(clock: Clock, pack: Pack) -> bool:
    rule = pack.rules.get(clock.rule_id)
    return rule is not None and rule.kind == "routing" and clock.is_open and bool(clock.due_at)


def handover_card(
    *,
    offer: Handover,
    case: Case,
    viewer: Staff,
    pack: Pack,
    new_id: acts.NewId,
    now: datetime,
    clock: Clock | None = None,
    kept: Kept | None = None,
) -> HandOver:
    """The card that asks for acceptance; onlookers see the state only."""
    waited = (now - offer.offered_at).total_seconds()
    person = customer_shown(case=case, viewer=viewer)
    target = offer.to_staff.name if offer.to_staff else department_name(offer.to_department)
    may = can(viewer, Allowed.ANSWER_HANDOVER, standing(case))
    whom = _("您") if may else target
    return HandOver(
        title=_handover_title(offer, whom),
        case_number=case.number,
        case_title=case.said,
        case_url=reverse("case", args=[case.number]),
        who=" · ".join(part for part in (person.called, person.short_address) if part),
        said=without_numbers(offer.note),
        waited_text=_("已等 %(time)s") % {"time": wording.waited(waited)},
        is_late=bool(clock and clock.due_at and now > clock.due_at),
        clock=clock_chip(clock, pack=pack, now=now) if clock else None,
        clause=ownership_mark(pack),
        consequence=_("接收后，这件事和它的承诺归您"),
        accept=at_version(acts.accept(offer=offer, new_id=new_id), case),
        refuse=with_kept([at_version(acts.refuse(offer=offer, new_id=new_id), case)], kept)[0],
        can_answer=may,
        subject_id=str(case.pk),
    )


def _handover_title(offer: Handover, whom: str) -> str:
    if offer.offered_by:
        names = {"by": offer.offered_by.name, "from": offer.from_staff.name, "to": whom}
        return _("%(by)s 替%(from)s改派给%(to)s") % names
    return _("%(from)s 移交给%(to)s") % {"from": offer.from_staff.name, "to": whom}
