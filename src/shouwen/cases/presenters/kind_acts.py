"""The buttons that a kind of matter has on a case page: its form, the superior, self-help, incidents."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import AnswerRequest, Case, Incident
from shouwen.cases.operations.filling import GAP, values_of
from shouwen.cases.presenters.acts import NewId, act_field, act_url
from shouwen.cases.presenters.kinds import form_fields
from shouwen.standard.forms import Forms, Listed
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_casework import Bar, options
from shouwen.ui.parts import Action, Field


def details(case: Case, forms: Forms, new_id: NewId) -> list[Action]:
    """The form of the kind; none where the standard has none."""
    form = forms.of(case.kind)
    gaps = {gap.code for gap in case.gaps.all() if gap.filled_at is None}
    fields = form_fields(form=form, values=values_of(case), gaps=gaps)
    if not fields:
        return []
    lacks = any(code.startswith(GAP) for code in gaps)
    return [
        Action(
            id="details",
            verb=_("补业务表单") if lacks else _("业务表单"),
            url=act_url(case, "details"),
            icon="clipboard-list",
            question=_("业务表单"),
            text=_("问到多少填多少，缺的标出来，不拦着办。"),
            confirm=_("存"),
            fields=(*fields, act_field(new_id)),
        )
    ]


def of_kind(
    case: Case,
    forms: Forms,
    *,
    near: Sequence[Incident],
    incident: Incident | None,
    waits: bool,
    new_id: NewId,
) -> list[Action]:
    """What can be done about this kind besides. `waits`: a superior has still to decide."""
    found = []
    if case.kind in forms.asking.kinds and not waits:
        found.append(_ask(case, new_id))
    if case.kind in forms.self_help.kinds and forms.self_help.guide:
        found.append(_solve(case, forms, new_id))
    if case.kind in forms.referral.kinds and forms.referral.where:
        found.append(_refer(case, forms, new_id))
    if incident is None and near:
        found.append(_join(case, near, new_id))
    if incident is None and case.kind in forms.incident.kinds:
        found.append(_open(case, new_id))
    return found


def _ask(case: Case, new_id: NewId) -> Action:
    return Action(
        id="ask",
        verb=_("请示上级"),
        url=act_url(case, "ask"),
        icon="rubber-stamp",
        question=_("请示上级怎么答复？"),
        text=_("批下来再答复客户；对客户的承诺照走。"),
        confirm=_("请示"),
        fields=(
            Field("question", _("客户问的"), value=case.said),
            Field("answer", _("打算怎么答"), kind="textarea", required=False),
            Field("due", _("最晚什么时候答复"), kind="datetime-local"),
            act_field(new_id),
        ),
    )


def _solve(case: Case, forms: Forms, new_id: NewId) -> Action:
    return Action(
        id="solve",
        verb=_("电话里解决了"),
        url=act_url(case, "solve"),
        icon="phone",
        question=_("电话里教会客户了？"),
        text=worded(forms.self_help.says) if forms.self_help.says else "",
        confirm=_("客户说好了，办结"),
        fields=(
            _choice("guide", _("用哪个办法"), forms.self_help.guide),
            Field("words", _("客户怎么说"), kind="textarea"),
            act_field(new_id),
        ),
    )


def _refer(case: Case, forms: Forms, new_id: NewId) -> Action:
    return Action(
        id="refer",
        verb=_("不归我们修"),
        url=act_url(case, "refer"),
        icon="route",
        question=_("告知客户找谁？"),
        confirm=_("告知了"),
        fields=(
            _choice("why", _("原因"), forms.referral.why),
            _choice("where", _("告知找谁"), forms.referral.where),
            Field("words", _("说了什么"), required=False),
            act_field(new_id),
        ),
    )


def _join(case: Case, near: Sequence[Incident], new_id: NewId) -> Action:
    known = [(str(each.pk), f"{each.lead.number} {each.place}") for each in near]
    return Action(
        id="join",
        verb=_("归入管网事件"),
        url=act_url(case, "join"),
        icon="git-merge",
        question=_("归入哪个管网事件？"),
        text=_("事件结束时，客户会一并得到答复。"),
        confirm=_("归入"),
        fields=(
            Field("incident", _("管网事件"), kind="select", options=options(known)),
            act_field(new_id),
        ),
    )


def _open(case: Case, new_id: NewId) -> Action:
    home = case.premises
    return Action(
        id="incident",
        verb=_("开管网事件"),
        url=act_url(case, "incident"),
        icon="users",
        question=_("是多户的事？开一个管网事件"),
        text=_("同一片的来电会提示归入，结束时每位客户都有答复。"),
        confirm=_("开事件"),
        fields=(
            Field("place", _("在哪一片"), value=home.estate.name if home else case.place),
            Field(
                "estates", _("哪些小区"), value=home.estate.name if home else "", required=False
            ),
            Field("zone", _("压力区"), required=False),
            Field("until", _("预计恢复"), kind="datetime-local", required=False),
            act_field(new_id),
        ),
    )


def decide(request: AnswerRequest, new_id: NewId) -> tuple[Action, Action]:
    """Approving, perhaps with other words or another time, and refusing."""
    due = f"{wording.local(request.due_at):%Y-%m-%dT%H:%M}"
    approve = Action(
        id=f"approve-{request.pk}",
        verb=_("批准"),
        url=reverse("approve_answer", args=[request.pk]),
        icon="check",
        look="primary",
        question=_("批准这样答复？"),
        text=request.question,
        confirm=_("批准"),
        fields=(
            Field("answer", _("答复客户"), kind="textarea", value=request.answer, required=False),
            Field("due", _("最晚什么时候答复"), kind="datetime-local", value=due),
            act_field(new_id),
        ),
    )
    refuse = Action(
        id=f"refuse-{request.pk}",
        verb=_("不批准"),
        url=reverse("refuse_answer", args=[request.pk]),
        icon="arrow-back-up",
        question=_("不批准？"),
        text=_("退回给%(name)s，由其告知客户。") % {"name": request.asked_by.name},
        confirm=_("不批准"),
        fields=(Field("reason", _("原因"), kind="textarea"), act_field(new_id)),
    )
    return approve, refuse


def asked_text(request: AnswerRequest) -> str:
    """Who asks what, and the answer they would give."""
    text = _("%(name)s 请示：%(question)s") % {
        "name": request.asked_by.name,
        "question": request.question,
    }
    answer = _("打算答：%(answer)s") % {"answer": request.answer} if request.answer else ""
    return "；".join(part for part in (text, answer) if part)


def decided_text(request: AnswerRequest) -> str:
    """What was decided, by whom."""
    by = request.answered_by.name if request.answered_by else ""
    if request.state == AnswerRequest.State.APPROVED:
        said = {"by": by, "answer": request.answer or request.question}
        return _("%(by)s 已批准，可以答复：%(answer)s") % said
    return _("%(by)s 没有批准：%(why)s。请告知客户") % {"by": by, "why": request.reason}


def incident_bar(incident: Incident) -> Bar:
    """The incident that a case belongs to."""
    url = reverse("incident", args=[incident.lead.number])
    text = (
        _("属于管网事件：%(place)s") if incident.is_open else _("属于已结束的管网事件：%(place)s")
    )
    look = Action(id="incident-page", verb=_("看事件"), url=url, is_link=True, icon="eye")
    return Bar(text=text % {"place": incident.place}, icon="git-merge", actions=(look,))


def _choice(name: str, label: str, listed: Sequence[Listed]) -> Field:
    known = [(each.id, worded(each.title)) for each in listed]
    return Field(name, label, kind="select", options=options([("", ""), *known]))
