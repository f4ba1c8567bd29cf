"""A finding as a panel: what was heard and where, why, a better wording, what can be decided."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.cases.presenters.timeline import without_numbers
from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import Words
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.people.models import Staff
from shouwen.review.models import Appeal, Decision
from shouwen.review.queries import Finding, Precision, WholeReview
from shouwen.standard.pack import Pack
from shouwen.standard.reviewing import Reviewing
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_review import AppealBox, FindingPanel
from shouwen.ui.parts import Action, Field, Option, Tag

_QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """What the page of a review is made of. `until`: the end of the time to appeal."""

    told: WholeReview
    viewer: Staff
    pack: Pack
    plan: Reviewing
    precision: Mapping[str, Precision]
    act_id: uuid.UUID
    now: datetime
    until: datetime | None = None
    at: str = ""

    def may(self, action: Allowed) -> bool:
        """Whether the viewer may do this to the review."""
        return can(self.viewer, action, self.told.standing)

    def url(self, what: str) -> str:
        """Where an act on this review is sent."""
        return reverse("review_act", args=[self.told.review.pk, what])


def panels(material: ReviewMaterial) -> tuple[FindingPanel, ...]:
    """Every finding that says something; the one asked for, or the first that waits, stands open."""
    shown = [
        each for each in material.told.findings if each.said != "not_applicable" or each.decision
    ]
    keys = [key_of(each) for each in shown]
    waiting = next((key_of(each) for each in shown if each.waits), "")
    broken = next((key_of(each) for each in shown if _is_breach(each)), "")
    at = material.at if material.at in keys else waiting or broken or next(iter(keys), "")
    return tuple(_panel(each, material, is_open=key_of(each) == at) for each in shown)


def key_of(finding: Finding) -> str:
    """Names a finding on the page."""
    return f"{finding.rule_id}.{finding.number}"


def words_heard(finding: Finding) -> tuple[str, ...]:
    """The words that the finding quotes."""
    return tuple(_QUOTED.findall(finding.verdict.why_zh)) if finding.verdict else ()


def is_good(finding: Finding) -> bool:
    """Whether nothing was broken."""
    return finding.stands != "broken"


def _is_breach(finding: Finding) -> bool:
    return "broken" in (finding.said, finding.stands)


def _panel(finding: Finding, material: ReviewMaterial, *, is_open: bool) -> FindingPanel:
    rule = material.pack.rules.get(finding.rule_id)
    turn = _turn(finding, material)
    return FindingPanel(
        key=key_of(finding),
        look="over" if finding.stands == "broken" else "met" if finding.stands == "kept" else "na",
        head=_head(finding),
        title=worded(rule.title) if rule else finding.rule_id,
        mark=mark_of(finding.clause),
        where=wording.length(float(turn["start"]), ticking=True) if turn else _("整通电话"),
        seconds=float(turn["start"]) if turn else None,
        turn=finding.turn,
        heard=without_numbers(str(turn["text"])) if turn else "",
        why=_why(finding),
        better=_better(finding, material),
        precision=_precision(finding, material),
        state=_state(finding, material),
        note=_note(finding),
        acts=tuple(_acts(finding, material)),
        appeal=_appeal(finding, material),
        waits=finding.waits,
        steps=_is_breach(finding),
        is_open=is_open,
    )


def _head(finding: Finding) -> str:
    words = {
        "broken": _("没做到"),
        "kept": _("做到"),
        "not_provable": _("无法证明"),
        "not_applicable": _("不涉及"),
    }
    if finding.verdict is None:
        return _("人补记：%(word)s") % {"word": words.get(finding.stands, finding.stands)}
    return _("机器判断：%(word)s") % {"word": words.get(finding.said, finding.said)}


def _turn(finding: Finding, material: ReviewMaterial) -> dict[str, Any] | None:
    turns = material.told.call.turns
    if finding.turn is None or finding.turn >= len(turns):
        return None
    found: dict[str, Any] = turns[finding.turn]
    return found


def _why(finding: Finding) -> str:
    if finding.verdict is None:
        return finding.decision.words if finding.decision else ""
    return worded(Words(zh=finding.verdict.why_zh, en=finding.verdict.why_en))


def _better(finding: Finding, material: ReviewMaterial) -> str:
    rule = material.pack.rules.get(finding.rule_id)
    day = material.pack.calendar.day_of(material.told.call.rang_at)
    version = rule.on(day) if rule else None
    if finding.stands != "broken" or not isinstance(version, PhraseVersion):
        return ""
    offered = version.instead if version.mode == "forbidden" else version.says
    return offered[0] if offered else ""


def _precision(finding: Finding, material: ReviewMaterial) -> str:
    found = material.precision.get(finding.rule_id)
    if not found or not found.decided or finding.said != "broken":
        return ""
    return _("这条规则的判断，人认可 %(confirmed)d / %(decided)d") % {
        "confirmed": found.confirmed,
        "decided": found.decided,
    }


def _state(finding: Finding, material: ReviewMaterial) -> Tag | None:
    made = finding.decision
    if made is None:
        return Tag(_("等人判"), "warn") if finding.waits else None
    words = {
        Decision.What.CONFIRMED.value: (_("人认可"), "met"),
        Decision.What.REFUSED.value: (_("人不认可"), "line"),
        Decision.What.ADDED.value: (_("人补记"), "flame"),
    }
    text, look = words[made.decision]
    refusal = material.plan.refusal_of(made.reason, of=made.said)
    return Tag(f"{text}：{worded(refusal.title)}" if refusal else text, look)


def _note(finding: Finding) -> str:
    made = finding.decision
    return made.words if made and made.decision == Decision.What.REFUSED else ""


# --- what can be done


def _fields(finding: Finding, material: ReviewMaterial) -> tuple[Field, ...]:
    # Each act of a page has an id of its own, made of the page's.
    act = uuid.uuid5(material.act_id, key_of(finding))
    return (
        Field("act_id", "", kind="hidden", value=str(act)),
        Field("rule", "", kind="hidden", value=finding.rule_id),
        Field("number", "", kind="hidden", value=str(finding.number)),
    )


def _acts(finding: Finding, material: ReviewMaterial) -> Iterator[Action]:
    fields, key = _fields(finding, material), key_of(finding).replace(".", "-")
    if material.may(Allowed.JUDGE_CALL):
        if finding.decision is not None:
            yield Action(f"undo-{key}", _("撤回"), material.url("undo"), fields=fields, key="U", icon="arrow-back-up")  # fmt: skip
        elif finding.said in ("broken", "kept"):
            look = "primary" if finding.waits else "plain"
            yield Action(f"confirm-{key}", _("认可"), material.url("confirm"), fields=fields, key="Y", look=look)  # type: ignore[arg-type]  # fmt: skip  # one of the two
            yield _refuse(finding, material, fields, key)
    if finding.stands == "broken" and finding.decision and material.may(Allowed.COACH):
        yield Action(
            id=f"coach-{key}",
            verb=_("安排辅导"),
            url=material.url("coach"),
            icon="bulb",
            question=_("安排辅导"),
            text=_("坐席和您的“我的”里都会出现，按公司设定的日子到期。"),
            confirm=_("安排"),
            fields=(*fields[:2], Field("words", _("练什么"), kind="textarea")),
        )


def _refuse(
    finding: Finding, material: ReviewMaterial, fields: tuple[Field, ...], key: str
) -> Action:
    reasons = [each for each in material.plan.refusal if each.of == finding.said]
    options = tuple(Option(each.id, worded(each.title)) for each in reasons)
    return Action(
        id=f"refuse-{key}",
        verb=_("不认可"),
        url=material.url("refuse"),
        key="N",
        question=_("为什么不认可"),
        text=_("发给坐席以后，这一处按改判计入数字。"),
        confirm=_("不认可"),
        fields=(
            *fields,
            Field("reason", _("理由"), kind="select", options=options),
            Field("words", _("补充"), required=False),
        ),
    )


def _appeal(finding: Finding, material: ReviewMaterial) -> AppealBox | None:
    made = finding.decision
    there = getattr(made, "appeal", None) if made else None
    if there is None:
        return _may_appeal(finding, material)
    moment = wording.moment(there.made_at, now=material.now)
    head = _("%(who)s · %(moment)s") % {"who": there.staff, "moment": moment}
    if there.outcome:
        words = {
            Appeal.Outcome.UPHELD.value: _("维持原判"),
            Appeal.Outcome.CORRECTED.value: _("改判"),
        }
        told = f"{words[there.outcome]}（{there.decided_by}）：{there.answer}"
        return AppealBox(head, there.words, told)
    may = material.may(Allowed.DECIDE_APPEAL)
    acts = tuple(_decide(finding, material)) if may else ()
    return AppealBox(head, there.words, acts=acts, note=_("由没参与复核的人定"))


def _may_appeal(finding: Finding, material: ReviewMaterial) -> AppealBox | None:
    if (
        finding.stands != "broken"
        or not material.may(Allowed.APPEAL_REVIEW)
        or not finding.decision
    ):
        return None
    if material.until is None or material.now > material.until:
        return AppealBox("", "", note=_("申诉时间已过"))
    until = wording.moment(material.until, now=material.now)
    key = key_of(finding).replace(".", "-")
    act = Action(
        id=f"appeal-{key}",
        verb=_("申诉"),
        url=material.url("appeal"),
        key="A",
        question=_("对这一处申诉"),
        text=_("写明哪一句、为什么。由没参与复核的人重听。"),
        confirm=_("提交"),
        fields=(*_fields(finding, material), Field("words", _("理由"), kind="textarea")),
    )
    rule = material.pack.rules.get(material.plan.appeal_rule)
    source = worded(rule.title) if rule else _("公司设定")
    note = _("%(until)s 前可以申诉（%(source)s）") % {"until": until, "source": source}
    return AppealBox("", "", acts=(act,), note=note)


def _decide(finding: Finding, material: ReviewMaterial) -> Iterator[Action]:
    fields, key = _fields(finding, material), key_of(finding).replace(".", "-")
    answer = Field("answer", _("给坐席的答复"), kind="textarea")
    yield Action(
        id=f"uphold-{key}",
        verb=_("维持"),
        url=material.url("decide"),
        question=_("维持原判"),
        confirm=_("维持"),
        fields=(*fields, answer),
    )
    reasons = [each for each in material.plan.refusal if each.of == finding.stands]
    options = tuple(Option(each.id, worded(each.title)) for each in reasons)
    yield Action(
        id=f"correct-{key}",
        verb=_("改判"),
        url=material.url("decide"),
        question=_("改判"),
        text=_("数字随即按改判计。"),
        confirm=_("改判"),
        fields=(*fields, Field("reason", _("理由"), kind="select", options=options), answer),
    )
