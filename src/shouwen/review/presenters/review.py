"""One review: the call as it was spoken, its findings, the score sheet, what can be done."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwen.access.permission import Action as Allowed
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.clocks.presenters import mark_of
from shouwen.core.kinds.call_measure import CallMeasureRule
from shouwen.core.kinds.phrase import PhraseRule
from shouwen.core.kinds.script import ScriptRule
from shouwen.core.score_sheet import Line
from shouwen.review.models import Review
from shouwen.review.presenters.findings import (
    ReviewMaterial,
    is_good,
    key_of,
    panels,
    words_heard,
)
from shouwen.review.presenters.lists import call_words, queue_items, spoken_for
from shouwen.review.presenters.wave import wave_picture
from shouwen.review.queries import Finding
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_review import (
    FindingMark,
    ReviewPage,
    ReviewTurn,
    ScoreChoice,
    SheetLine,
    TextPart,
)
from shouwen.ui.parts import Action, ClauseMark, Field, Note, Option, Tag

_HEARABLE = (CallMeasureRule, PhraseRule, ScriptRule)


def review_page(
    material: ReviewMaterial, *, queue: Sequence[Review], notice: Note | None = None
) -> ReviewPage:
    """The page for one viewer."""
    told, call = material.told, material.told.call
    own = told.standing.agent == material.viewer.staff_no
    judges = material.may(Allowed.JUDGE_CALL)
    shown = panels(material)
    return ReviewPage(
        title=" · ".join(
            part for part in (wording.full_moment(call.rang_at), call_words(call)) if part
        ),
        tags=tuple(_tags(material)),
        length=spoken_for(call),
        queue=queue_items(queue, plan=material.plan, current=told.review.pk),
        queue_url=reverse("reviews_mine" if own else "review_desk"),
        wave=wave_picture(told, pack=material.pack),
        sounds_url=reverse("call_sounds", args=[call.pk]) if told.recordings else "",
        turns=tuple(_turns(material)),
        turns_note="" if call.turns else _("没有文字记录；有录音就听录音"),
        panels=shown,
        progress=_progress(material),
        sheet=tuple(_line(line, material, may=judges) for line in told.sheet.lines if line.counts),
        sum_text=f"{told.sheet.got} / {told.sheet.decided}",
        waiting_text=_("待评 %(n)d") % {"n": told.sheet.waiting} if told.sheet.waiting else "",
        score_url=material.url("score"),
        act_id=str(material.act_id),
        add=_add(material) if judges else None,
        send=_send(material) if judges and not told.missing else None,
        missing=_missing(material) if judges else "",
        told_text=_told(material),
        call_url=reverse("call", args=[call.pk]),
        own=own,
        notice=notice,
    )


def _tags(material: ReviewMaterial) -> Iterator[Tag]:
    review = material.told.review
    if review.round > 1:
        yield Tag(_("第二人复核"), "flame")
    if review.sent_at:
        yield Tag(_("已发给坐席") if review.round == 1 else _("已完成"), "met")
    if review.reviewer:
        yield Tag(_("复核人 %(who)s") % {"who": review.reviewer.name})


def _progress(material: ReviewMaterial) -> str:
    breaches = [f for f in material.told.findings if f.said == "broken"]
    seen = sum(1 for each in breaches if not each.waits)
    return _("判过 %(seen)d / %(all)d 处") % {"seen": seen, "all": len(breaches)}


# --- what was said


def _turns(material: ReviewMaterial) -> Iterator[ReviewTurn]:
    by_turn: dict[int, list[Finding]] = {}
    for each in material.told.findings:
        if each.turn is not None and (each.said != "not_applicable" or each.decision):
            by_turn.setdefault(each.turn, []).append(each)
    for number, turn in enumerate(material.told.call.turns):
        found = by_turn.get(number, [])
        is_agent = turn.get("speaker") == "agent"
        start = float(turn.get("start", 0))
        yield ReviewTurn(
            number=number,
            time=f"{int(start) // 60}:{int(start) % 60:02d}",
            seconds=start,
            who=pgettext("side", "坐席") if is_agent else pgettext("side", "客户"),
            is_agent=is_agent,
            parts=_parts(without_numbers(str(turn.get("text", ""))), found, is_agent=is_agent),
            marks=tuple(_mark(each, material) for each in found),
        )


def _mark(finding: Finding, material: ReviewMaterial) -> FindingMark:
    rule = material.pack.rules.get(finding.rule_id)
    state = "kept" if finding.stands == "kept" else "broken" if finding.stands == "broken" else ""
    title = worded(rule.title) if rule else finding.rule_id
    mark = replace(mark_of(finding.clause), state=state)  # type: ignore[arg-type]  # one of its states
    return FindingMark(key_of(finding), mark, title)


def _parts(text: str, found: Sequence[Finding], *, is_agent: bool) -> tuple[TextPart, ...]:
    """The text with the words marked that a finding quotes; a breach before what was kept."""
    for each in sorted(found, key=is_good):
        for words in words_heard(each):
            if is_agent and words in text:
                before, _sep, after = text.partition(words)
                look = "good" if is_good(each) else "bad"
                pieces = (TextPart(before), TextPart(words, look), TextPart(after))
                return tuple(piece for piece in pieces if piece.text)
    bad = [each for each in found if not is_good(each)]
    return (TextPart(text, "bad" if bad and is_agent else ""),)


# --- the score sheet


def _line(line: Line, material: ReviewMaterial, *, may: bool) -> SheetLine:
    item, points = line.item, line.item.points
    share = None if line.got is None else line.got / points
    look = "" if share is None else "met" if share == 1 else "over" if share <= 0.5 else "warn"
    given = material.told.scores.get(item.id)
    choices = range(item.out_of + 1) if item.score and may else range(0)
    return SheetLine(
        id=item.id,
        title=worded(item.title),
        text=_("待评") if line.got is None else f"{line.got} / {points}",
        look=look,
        mark=_item_mark(line, material),
        choices=tuple(ScoreChoice(value, value == given) for value in choices),
    )


def _item_mark(line: Line, material: ReviewMaterial) -> ClauseMark | None:
    rules = material.pack.rules
    named = [rules[rule] for rule in line.item.rules if rule in rules]
    return mark_of(named[0].clause) if len(named) == 1 else None


# --- acts


def _add(material: ReviewMaterial) -> Action:
    rules = [rule for rule in material.pack.rules.values() if isinstance(rule, _HEARABLE)]
    rules.sort(key=lambda rule: [int(n) if n.isdigit() else 0 for n in rule.clause.split(".")])
    turns = [
        (number, turn)
        for number, turn in enumerate(material.told.call.turns)
        if turn.get("speaker") == "agent"
    ]
    return Action(
        id="add",
        verb=_("补记"),
        url=material.url("add"),
        key="M",
        question=_("补记机器漏掉的"),
        confirm=_("补记"),
        fields=(
            Field("act_id", "", kind="hidden", value=str(uuid.uuid5(material.act_id, "add"))),
            Field(
                "rule",
                _("哪一条"),
                kind="select",
                options=tuple(
                    Option(rule.id, f"{rule.clause} {worded(rule.title)}") for rule in rules
                ),
            ),
            Field(
                "turn",
                _("哪一句"),
                kind="select",
                required=False,
                options=(
                    Option("", _("整通电话")),
                    *(Option(str(n), _turn_words(turn)) for n, turn in turns),
                ),
            ),
            Field("words", _("为什么"), kind="textarea"),
        ),
    )


def _turn_words(turn: dict[str, object]) -> str:
    start = int(float(str(turn.get("start", 0))))
    text = without_numbers(str(turn.get("text", "")))
    return f"{start // 60}:{start % 60:02d} {text[:24]}"


def _send(material: ReviewMaterial) -> Action:
    first = material.told.review.round == 1
    return Action(
        id="send",
        verb=_("发给坐席") if first else _("完成"),
        url=material.url("send"),
        look="primary",
        icon="send",
        key="S",
        fields=(
            Field("act_id", "", kind="hidden", value=str(uuid.uuid5(material.act_id, "send"))),
        ),
    )


def _missing(material: ReviewMaterial) -> str:
    n = material.told.missing
    return _("还有 %(n)d 处没判或没评，判完就能发") % {"n": n} if n else ""


def _told(material: ReviewMaterial) -> str:
    limit = material.plan.appeal
    units = {
        "working_days": _("%(n)g 个工作日"),
        "days": _("%(n)g 天"),
        "hours": _("%(n)g 小时"),
        "working_hours": _("%(n)g 个工作小时"),
        "minutes": _("%(n)g 分钟"),
        "seconds": _("%(n)g 秒"),
    }
    length = units[limit.unit] % {"n": limit.value}
    rule = material.pack.rules.get(material.plan.appeal_rule)
    source = worded(rule.title) if rule else _("公司设定")
    return _("坐席 %(length)s内可申诉（%(source)s）") % {"length": length, "source": source}
