"""The lists: who waits, what was sent, appeals, draws; an agent's own calls."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases.models import CaseKind
from shouwen.core.kinds import Rule
from shouwen.hotline.models import Call
from shouwen.review.models import Appeal, Draw, Review
from shouwen.standard.reviewing import Reviewing, share_of
from shouwen.ui import wording
from shouwen.ui.languages import listed, worded
from shouwen.ui.pages_review import CoachingLine, DeskPage, DrawLine, MinePage, QueueItem
from shouwen.ui.parts import Action, Choice, Empty, Field, KeyLabel, Note, Tag

LISTS = ("risk", "sample", "sent")


@dataclass(frozen=True, slots=True)
class DeskMaterial:
    """What the desk is made of."""

    chosen: str
    rows: Sequence[Review]
    appeals: Sequence[Appeal]
    draws: Sequence[Draw]
    plan: Reviewing
    rule: Rule | None
    may_draw: bool
    act_id: uuid.UUID
    today: date
    week_ago: date
    page: int
    notice: Note | None = None
    errors: dict[str, str] = field(default_factory=dict)


def desk_page(material: DeskMaterial) -> DeskPage:
    """The desk."""
    labels = {"risk": _("要紧"), "sample": _("抽样"), "sent": _("已完成")}
    url = reverse("review_desk")
    return DeskPage(
        choices=tuple(
            Choice(labels[name], f"{url}?list={name}", name == material.chosen) for name in LISTS
        ),
        heading=_("已复核") if material.chosen == "sent" else _("待复核"),
        items=queue_items(material.rows, plan=material.plan),
        empty=None if material.rows else _empty(material),
        more_url=_more(material, url),
        appeals=tuple(_appeal(each) for each in material.appeals),
        draws=tuple(_draw(each) for each in material.draws),
        draw=_draw_action(material) if material.may_draw else None,
        results_url=reverse("review_results"),
        plan=_plan(material),
        notice=material.notice,
    )


def queue_items(
    rows: Sequence[Review], *, plan: Reviewing, current: uuid.UUID | None = None
) -> tuple[QueueItem, ...]:
    """Reviews as lines of a list."""
    return tuple(_item(each, plan, is_current=each.pk == current) for each in rows)


def call_words(call: Call) -> str:
    """Who took a call, and what kind it is."""
    kind = dict(CaseKind.choices).get(call.kind)
    parts = (call.staff.staff_no if call.staff else "", str(kind) if kind else "")
    return " · ".join(part for part in parts if part)


def spoken_for(call: Call) -> str:
    """How long was spoken."""
    if call.answered_at is None or call.ended_at is None:
        return ""
    return wording.length((call.ended_at - call.answered_at).total_seconds(), ticking=True)


def mine_page(
    rows: Sequence[Review],
    *,
    plan: Reviewing,
    coaching: Sequence[CoachingLine],
    page: int,
    appeal_words: str,
) -> MinePage:
    """What came of one's own calls."""
    last = rows[-1] if len(rows) == page else None
    url = reverse("reviews_mine")
    return MinePage(
        items=tuple(_own(each) for each in rows),
        empty=None
        if rows
        else Empty(_("还没有复核结果"), _("质检复核了您的通话，就会出现在这里"), icon="wave-sine"),
        more_url=f"{url}?{urlencode({'after': _after_sent(last)})}" if last else "",
        coaching=tuple(coaching),
        note=appeal_words,
    )


# --- lines


def _item(review: Review, plan: Reviewing, *, is_current: bool) -> QueueItem:
    call = review.call
    return QueueItem(
        title=f"{wording.local(call.rang_at):%m-%d %H:%M}",
        length=spoken_for(call),
        who=call_words(call),
        why=_why(review, plan),
        url=reverse("review", args=[review.pk]),
        is_current=is_current,
        tag=_tag(review),
    )


def _why(review: Review, plan: Reviewing) -> str:
    if review.sent_at is not None:
        return _result(review)
    if review.round > 1:
        return _("第二人复核，看不到第一人怎么判")
    titles = {each.sign: worded(each.title) for each in plan.risk}
    signs = [titles.get(sign, sign) for sign in review.signs]
    return " · ".join(signs) if signs else _("随机抽样")


def _tag(review: Review) -> Tag | None:
    if review.sent_at is None and review.reviewer_id:
        return Tag(_("在看"), "flame")
    if getattr(review, "appealed", 0):
        return Tag(_("有申诉"), "warn")
    return None


def _result(review: Review) -> str:
    n = getattr(review, "breaches", 0)
    breaches = _("%(n)d 处没做到") % {"n": n} if n else _("都做到了")
    points = f"{review.got} / {review.out_of}" if review.got is not None else ""
    return " · ".join(part for part in (points, breaches) if part)


def _own(review: Review) -> QueueItem:
    call = review.call
    return QueueItem(
        title=wording.full_moment(call.rang_at),
        length=spoken_for(call),
        who=str(dict(CaseKind.choices).get(call.kind, "")),
        why=_result(review),
        url=reverse("review", args=[review.pk]),
        tag=_tag(review),
    )


def _appeal(appeal: Appeal) -> QueueItem:
    review = appeal.decision.review
    key = f"{appeal.decision.rule_id}.{appeal.decision.number}"
    return QueueItem(
        title=f"{wording.local(review.call.rang_at):%m-%d %H:%M}",
        length=spoken_for(review.call),
        who=str(appeal.staff),
        why=appeal.words,
        url=f"{reverse('review', args=[review.pk])}?at={key}",
        tag=Tag(_("坐席申诉"), "warn"),
    )


def _draw(draw: Draw) -> DrawLine:
    days = f"{draw.since:%m-%d} — {draw.until - timedelta(days=1):%m-%d}"
    text = _("%(n)d 通里抽 %(taken)d 通，复核了 %(sent)d 通 · %(who)s") % {
        "n": draw.population,
        "taken": getattr(draw, "taken", 0),
        "sent": getattr(draw, "sent", 0),
        "who": draw.made_by.name,
    }
    return DrawLine(days, text, draw.seed)


# --- acts and settings


def _draw_action(material: DeskMaterial) -> Action:
    errors = material.errors
    return Action(
        id="draw",
        verb=_("抽取"),
        url=reverse("review_draw"),
        look="primary",
        icon="adjustments-horizontal",
        question=_("抽哪几天的通话"),
        text=_("写同样的种子和日期，抽出来的一样。种子留空就新抽。"),
        confirm=_("抽取"),
        is_open=bool(errors),
        warns=bool(errors),
        fields=(
            Field("act_id", "", kind="hidden", value=str(material.act_id)),
            Field("since", _("从"), kind="date", value=material.week_ago.isoformat(), error=errors.get("since", "")),
            Field("until", _("到（含）"), kind="date", value=material.today.isoformat(), error=errors.get("until", "")),
            Field("seed", _("种子"), required=False),
        ),
    )  # fmt: skip


def _plan(material: DeskMaterial) -> tuple[KeyLabel, ...]:
    draw = material.plan.draw
    of_rule = share_of(material.rule)
    share = of_rule or draw.share
    source = worded(material.rule.title) if material.rule and of_rule else _("公司设定")
    lines = (
        KeyLabel(_("抽多少"), f"{share:.0%}", source),
        KeyLabel(_("其中按风险"), f"{draw.risk_share:.0%}", _("公司设定")),
        KeyLabel(_("每人至少"), _("%(n)d 通") % {"n": draw.each_agent}, _("公司设定")),
        KeyLabel(_("两人都看"), f"{draw.second_share:.0%}", _("公司设定")),
    )
    weights = [f"{worded(each.title)} {each.weight}" for each in material.plan.risk]
    return (*lines, KeyLabel(_("风险权重"), listed(weights), _("公司设定")))


def _empty(material: DeskMaterial) -> Empty:
    if material.chosen == "sent":
        return Empty(_("还没有复核完的"), _("发给坐席以后，出现在这里"), icon="wave-sine")
    return Empty(_("没有待复核的通话"), _("抽取一批，或等下一批"), icon="wave-sine")


def _more(material: DeskMaterial, url: str) -> str:
    if len(material.rows) < material.page:
        return ""
    last = material.rows[-1]
    after = _after_sent(last) if material.chosen == "sent" else f"{last.weight} {last.pk}"
    return f"{url}?{urlencode({'list': material.chosen, 'after': after})}"


def _after_sent(last: Review | None) -> str:
    moment: datetime | None = last.sent_at if last else None
    return f"{moment.isoformat()} {last.pk}" if last and moment else ""
