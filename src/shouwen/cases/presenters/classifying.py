"""The page that classifies a case anew: the choice, and which clocks it moves."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.cases.operations import Classification
from shouwen.cases.presenters import acts, reasons
from shouwen.cases.presenters.menu import at_version
from shouwen.cases.queries import leaves
from shouwen.clocks.presenters import mark_of, why_steps
from shouwen.clocks.queries import Foreseen
from shouwen.clocks.standing import Standing
from shouwen.people.models import Department
from shouwen.people.presenters import department_name
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_casework import Move, ReclassifyPage, options
from shouwen.ui.parts import Action, Field, Note
from shouwen.ui.presenters import ClockChip, ClockFacts, chip


def reclassify_page(
    *,
    case: Case,
    chosen: Classification,
    seen: Sequence[Foreseen] | None,
    departments: Sequence[Department],
    pack: Pack,
    new_id: acts.NewId,
    now: datetime,
    notice: Note | None = None,
) -> ReclassifyPage:
    """The page; `seen` is None until something was chosen."""
    moves = None
    if seen is not None:
        moves = tuple(_move(each, pack, now) for each in seen if each.moves)
    return ReclassifyPage(
        number=case.number,
        title=case.said,
        case_url=reverse("case", args=[case.number]),
        look_url=reverse("reclassify", args=[case.number]),
        fields=_fields(chosen, departments),
        moves=moves,
        confirm=None if seen is None else _confirm(case, chosen, new_id),
        notice=notice,
    )


def _fields(chosen: Classification, departments: Sequence[Department]) -> tuple[Field, ...]:
    sorts = [("", _("不分")), *((code, _leaf_text(code)) for code in leaves())]
    places = [("", _("首问责任人")), *((row.code, department_name(row)) for row in departments)]
    kinds = list(reasons.case_kinds().items())
    return (
        Field("kind", _("类别"), kind="select", options=options(kinds, chosen=chosen.kind)),
        Field("leaf", _("分类"), kind="select", options=options(sorts, chosen=chosen.leaf)),
        Field(
            "side",
            _("责任侧"),
            kind="select",
            options=options(list(reasons.sides().items()), chosen=chosen.side),
        ),
        Field(
            "severity",
            _("等级"),
            kind="select",
            required=False,
            options=options(list(reasons.severities().items()), chosen=chosen.severity),
        ),
        Field(
            "department",
            _("承办"),
            kind="select",
            required=False,
            options=options(places, chosen=chosen.department),
        ),
    )


def _leaf_text(code: str) -> str:
    leaf = leaves()[code]
    return f"{worded(leaf.group)} · {worded(leaf.title)}"


def _confirm(case: Case, chosen: Classification, new_id: acts.NewId) -> Action:
    said = {
        "kind": chosen.kind,
        "leaf": chosen.leaf,
        "side": chosen.side,
        "severity": chosen.severity,
        "department": chosen.department,
    }
    hidden = (Field(name, "", kind="hidden", value=value) for name, value in said.items())
    act = Action(
        id="reclassify",
        verb=_("确认改分类"),
        url=reverse("reclassify", args=[case.number]),
        icon="check",
        look="primary",
        fields=(*hidden, acts.act_field(new_id)),
    )
    return at_version(act, case)


def _move(each: Foreseen, pack: Pack, now: datetime) -> Move:
    rule = pack.rules.get(each.rule_id)
    return Move(
        title=worded(rule.title) if rule else each.rule_id,
        before=standing_chip(each.before, now=now) if each.before else None,
        after=standing_chip(each.after, now=now) if each.after else None,
        what=_what(each, now),
        clause=mark_of(rule.clause) if rule else None,
        why=why_steps(each.steps, pack=pack, now=now),
    )


def _what(each: Foreseen, now: datetime) -> str:
    after = each.after
    if after is None or after.state == "not_applicable":
        return _("不再适用")
    due = wording.moment(after.due_at, now=now) if after.due_at else _("没有期限")
    if each.before is None or each.before.state == "not_applicable":
        start = wording.moment(after.started_at, now=now) if after.started_at else ""
        return _("新开始：从 %(start)s 起算，%(due)s 到期") % {"start": start, "due": due}
    return _("改为 %(due)s 到期") % {"due": due}


def standing_chip(standing: Standing, *, now: datetime) -> ClockChip:
    """The chip of a clock that is not a row yet."""
    state = standing.state
    facts = ClockFacts(
        state=state if state not in ("excepted", "not_provable") else "not_applicable",  # type: ignore[arg-type]  # the drawing's states
        started_at=standing.started_at,
        due_at=standing.due_at,
        warn_at=standing.warn_at,
        stopped_at=standing.stopped_at,
        paused_at=standing.paused_at,
        remaining_seconds=standing.remaining_seconds,
        reason="" if state == "not_applicable" else standing.reason,
    )
    return chip(facts, now=now, width=44)
