"""What can be done about a kind of matter beside its record, and the incidents a caller may belong to."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import AnswerRequest, Incident
from shouwen.cases.presenters.kinds import form_fields, until_words
from shouwen.customers.presenters.words import care_tag
from shouwen.guiding.steps import filled, mark
from shouwen.hotline.desk_values import OnCall
from shouwen.hotline.presenters.saying import act_url
from shouwen.standard.forms import Forms, Listed, PaperList
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_casework import options
from shouwen.ui.pages_cockpit import Act
from shouwen.ui.pages_ways import Belongs, Tick, Way
from shouwen.ui.parts import Field, KeyLabel, Note


def asked(seen: OnCall) -> tuple[Field, ...]:
    """The form of the kind: what is asked beside the record of the standard."""
    form = seen.plan.forms.of(seen.kind)
    gaps = set(seen.gaps)
    return form_fields(form=form, values=seen.details, gaps=gaps)


def pass_on(seen: OnCall) -> Act | None:
    """Saving the record and offering the matter to its department, while nobody was offered it."""
    key = seen.plan.kind_of(seen.kind)
    has_step = any(s.by == "pass_on" and s.speaks_of(seen.kind) for s in seen.plan.step)
    if not key.department or not has_step or seen.handover or seen.incident:
        return None
    key_cap = "" if seen.incidents else "F3"  # joining the incident comes first
    return Act(_("存并转交"), act_url(seen, "pass_on"), key=key_cap)


def belongs(seen: OnCall) -> tuple[Belongs, ...]:
    """Open incidents in the caller's area with the words to say; the first is joined with one key."""
    if seen.incident is not None:
        return (_belonging(seen, seen.incident, joined=True),)
    return tuple(
        _belonging(seen, each, joined=False, key="F3" if place == 0 else "")
        for place, each in enumerate(seen.incidents)
    )


def _belonging(seen: OnCall, incident: Incident, *, joined: bool, key: str = "") -> Belongs:
    number = incident.lead.number
    text = (
        _("已归入管网事件 %(number)s：%(place)s")
        if joined
        else _("像是管网事件 %(number)s：%(place)s")
    )
    plan = seen.plan.forms.incident
    until = until_words(plan, incident.until, now=seen.now)
    return Belongs(
        text=text % {"number": number, "place": incident.place},
        url=reverse("incident", args=[number]),
        says=filled(plan.says, {"place": incident.place, "until": until})
        if plan.says and seen.premises is None  # beside a home they stand already
        else (),
        act=None
        if joined
        else Act(
            _("归入这个事件"),
            act_url(seen, "join"),
            key=key,
            icon="git-merge",
            look="primary",
            values=(("incident", str(incident.pk)),),
        ),
    )


def ways(seen: OnCall, *, act_id: UUID) -> tuple[Way, ...]:
    """Everything that can be done about this kind, in the order of its form."""
    found = (
        _papers(seen, act_id),
        _self_help(seen),
        _referral(seen),
        _incident(seen),
        _care(seen),
        _material(seen, act_id),
        _asking(seen),
    )
    return tuple(way for way in found if way)


def _asking(seen: OnCall) -> Way | None:
    plan = seen.plan.forms.asking
    if seen.kind not in plan.kinds:
        return None
    request = seen.request
    waits = request is not None and request.state == AnswerRequest.State.ASKED
    return Way(
        id="ask",
        title=_("请示上级"),
        mark=mark(seen, plan.rule),
        note=Note(_("超出权限的，先给客户回电承诺，批下来再答复"), "plain"),
        state=request_note(request) if request else None,
        fields=()
        if waits
        else (
            Field("question", _("客户问的"), value=_said(seen), required=False),
            Field("answer", _("打算怎么答"), required=False, placeholder=_("可以不写")),
        ),
        acts=() if waits else (Act(_("约回电并请示"), act_url(seen, "ask"), look="primary"),),
    )


def request_note(request: AnswerRequest) -> Note:
    """How a question to the superiors stands."""
    by = request.answered_by.name if request.answered_by else ""
    if request.state == AnswerRequest.State.APPROVED:
        text = _("%(by)s 已批准：%(answer)s") % {
            "by": by,
            "answer": request.answer or request.question,
        }
        return Note(text, "met")
    if request.state == AnswerRequest.State.REFUSED:
        return Note(_("%(by)s 没有批准：%(why)s") % {"by": by, "why": request.reason}, "warn")
    return Note(_("已请示上级，等批：%(question)s") % {"question": request.question}, "warn")


def _said(seen: OnCall) -> str:
    said = seen.case.said if seen.case else ""
    return "" if said.startswith("（") else said


def _material(seen: OnCall, act_id: UUID) -> Way | None:
    plan, forms = seen.plan.forms.material, seen.plan.forms
    form = forms.of(seen.kind)
    what, where = form.field_of(plan.what), form.field_of(plan.where)
    if what is None or where is None:
        return None
    chosen = tuple(each for each in form_fields(form=form, values=seen.details, gaps=set())
                   if each.name in (f"f-{what.id}", f"f-{where.id}"))  # fmt: skip
    sent = any(event.kind == "case.material_sent" for event in seen.events)
    return Way(
        id="material",
        title=_("告知资料渠道"),
        mark=mark(seen, plan.rule),
        state=Note(_("已发给客户"), "met") if sent else None,
        fields=(*chosen, _address(seen)),
        acts=(
            Act(_("告知了"), act_url(seen, "material"), look="primary"),
            *_sending(seen, "send_material", act_id),
        ),
    )


def _address(seen: OnCall) -> Field:
    number = wording.masked_phone(seen.call.number) if seen.call.number else ""
    return Field("to", _("发到"), required=False, placeholder=number or _("号码或邮箱"))


def _sending(seen: OnCall, what: str, act_id: UUID) -> tuple[Act, ...]:
    same = ("act_id", str(act_id))
    url = act_url(seen, what)
    return (
        Act(_("发短信"), url, icon="send", values=(same, ("channel", "sms"))),
        Act(_("发邮件"), url, icon="send", values=(same, ("channel", "mail"))),
    )


def _self_help(seen: OnCall) -> Way | None:
    plan = seen.plan.forms.self_help
    if seen.kind not in plan.kinds or not plan.guide:
        return None
    return Way(
        id="solve",
        title=_("电话里教会客户"),
        mark=mark(seen, plan.rule),
        note=Note(worded(plan.says), "plain") if plan.says else None,
        fields=(
            _choice("guide", _("用哪个办法"), plan.guide),
            Field(
                "words",
                _("客户怎么说"),
                required=False,
                placeholder=_("例：换好电池，屏亮了，有气"),
            ),
        ),
        acts=(Act(_("客户说好了，办结"), act_url(seen, "solve"), look="primary"),),
    )


def _referral(seen: OnCall) -> Way | None:
    plan = seen.plan.forms.referral
    if seen.kind not in plan.kinds or not plan.where:
        return None
    return Way(
        id="refer",
        title=_("不归我们修"),
        mark=mark(seen, plan.rule),
        fields=(
            _choice("why", _("原因"), plan.why),
            _choice("where", _("告知找谁"), plan.where),
            Field("words", _("说了什么"), required=False, placeholder=_("例：给了厂家电话")),
        ),
        acts=(Act(_("告知了"), act_url(seen, "refer")),),
    )


def _papers(seen: OnCall, act_id: UUID) -> Way | None:
    forms = seen.plan.forms
    field = forms.ticks_of(seen.kind)
    home = str(seen.premises.customer_class) if seen.premises else "residential"
    papers = chosen_papers(forms=forms, details=seen.details, customer_class=home)
    if field is None or papers is None:
        return None
    told = set(seen.details.get(field.id, "").split(","))
    note = forms.of(seen.kind).note
    ticks = [
        *_ticks(papers.tell, told, ""),
        *_ticks(papers.need, told, ""),
        *_ticks(papers.later, told, _("可后补")),
    ]
    return Way(
        id="papers",
        title=_("%(title)s报装：说清流程和资料") % {"title": worded(papers.title)},
        mark=mark(seen, papers.rule),
        rows=tuple(
            KeyLabel(worded(each.title), worded(each.within) if each.within else _("没有公布"))
            for each in forms.stage
        ),
        note=Note(worded(note), "warn") if note else None,
        ticks=tuple(ticks),
        fields=(_address(seen),),
        acts=(
            Act(_("记下说过的"), act_url(seen, "papers"), look="primary"),
            *_sending(seen, "send_papers", act_id),
        ),
    )


def chosen_papers(
    *, forms: Forms, details: Mapping[str, str], customer_class: str
) -> PaperList | None:
    """The list of papers for a caller: of the class on record, else of the class of the home."""
    chosen = next((value for value in details.values() if forms.papers_of(value)), "")
    return forms.papers_for(chosen=chosen, customer_class=customer_class)


def _ticks(listed: Iterable[Listed], told: set[str], why: str) -> list[Tick]:
    return [
        Tick(
            "told",
            each.id,
            f"{worded(each.title)}（{why}）" if why else worded(each.title),
            each.id in told,
        )
        for each in listed
    ]


def _incident(seen: OnCall) -> Way | None:
    if seen.kind not in seen.plan.forms.incident.kinds or seen.incident or seen.case is None:
        return None
    home = seen.premises
    note = seen.plan.forms.of(seen.kind).note
    return Way(
        id="incident",
        title=_("多户的事：开管网事件"),
        note=Note(worded(note), "plain") if note else None,
        fields=(
            Field("place", _("在哪一片"), value=home.estate.name if home else seen.case.place),
            Field(
                "estates",
                _("哪些小区"),
                value=home.estate.name if home else "",
                required=False,
                placeholder=_("几个小区用顿号隔开"),
            ),
            Field("zone", _("压力区"), required=False),
            Field("until", _("预计恢复"), kind="datetime-local", required=False),
        ),
        acts=(Act(_("开事件"), act_url(seen, "incident"), look="primary"),),
    )


def _care(seen: OnCall) -> Way | None:
    customer = seen.customer
    if seen.kind != "home_service" or customer is None or not customer.special_care:
        return None
    tag = care_tag(customer.special_care)
    return Way(
        id="care",
        title=_("特殊用户登记"),
        rows=(KeyLabel(seen.called, tag.text),),
        note=Note(_("重点登记的用户，派人上门办理手续"), "flame"),
    )


def _choice(name: str, label: str, listed: Sequence[Listed]) -> Field:
    known = [(each.id, worded(each.title)) for each in listed]
    return Field(
        name, label, kind="select", options=options([("", _("选一个")), *known], chosen="")
    )
