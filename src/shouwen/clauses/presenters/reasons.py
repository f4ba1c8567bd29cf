"""Why a ruling is what it is, for those that no clock stands behind: what was found on a call, at the counter, in an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shouwen.clauses.presenters.versions import version_on
from shouwen.clauses.queries import AnswerBehind, CallBehind, Found, VisitBehind
from shouwen.clocks.models import Ruling
from shouwen.clocks.presenters import mark_of, why_steps
from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.standard.describing import titles_in
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import listed, worded
from shouwen.ui.pages import SaidPart, WhyDrawer
from shouwen.ui.parts import Action, Tag, WhyStep


@dataclass(frozen=True, slots=True)
class Told:
    """A ruling with what it stands on and the case that this became, told at `now`."""

    ruling: Ruling
    behind: Found
    case_number: str
    case_url: str
    close_url: str
    pack: Pack
    now: datetime


def reasons(told: Told) -> WhyDrawer:
    """The drawer of a ruling without a clock. What was said stays where it is: only its place is named."""
    rule = told.pack.rules.get(told.ruling.rule_id)
    return WhyDrawer(
        title=_("为什么：%(rule)s")
        % {"rule": worded(rule.title) if rule else told.ruling.rule_id},
        clock=None,
        case_text=_("工单 %(number)s") % {"number": told.case_number} if told.case_number else "",
        case_url=told.case_url,
        wording=(SaidPart(worded(rule.wording)),) if rule else (),
        clause=mark_of(told.ruling.clause) if told.ruling.clause else None,
        version_text=version_on(rule, told.ruling.rule_from) if rule else "",
        days=None,
        line=None,
        steps=tuple(_steps(told)),
        actions=_actions(told),
        close_url=told.close_url,
        verdict=_verdict(told.ruling),
    )


def failed_text(rule: Rule, names: Sequence[object]) -> str:
    """The parts of a rule that were not so, by their titles."""
    titles = titles_in(rule.versions[-1])
    told = (worded(titles.get(str(name), Words(zh=str(name), en=str(name)))) for name in names)
    return listed(told)


def _verdict(ruling: Ruling) -> Tag:
    match ruling.verdict:
        case Ruling.Verdict.MET:
            return Tag(_("做到"), "met", "check")
        case Ruling.Verdict.MISSED:
            return Tag(_("未做到"), "over")
        case _:
            return Tag(_("不适用"), "line")


def _steps(told: Told) -> Iterator[WhyStep]:
    match told.behind:
        case CallBehind():
            yield from _call_steps(told.behind)
            yield from _corrected(told.behind, told)
        case VisitBehind():
            yield from _visit_steps(told.behind, told)
        case AnswerBehind():
            yield from _answer_steps(told.behind)


def _visit_steps(behind: VisitBehind, told: Told) -> Iterator[WhyStep]:
    ticket = behind.ticket
    served = _("%(moment)s 在 %(counter)s 号窗口的接待，%(who)s 送的客") % {
        "moment": wording.full_moment(ticket.began_at or ticket.taken_at),
        "counter": ticket.counter,
        "who": ticket.staff,
    }
    yield WhyStep(served, _("接待记录"))
    if behind.verdict is None:
        yield WhyStep(_("判定的依据已不在"), _("接待记录"))
        return
    yield from why_steps(behind.verdict.steps, pack=told.pack, now=told.now)


def _answer_steps(behind: AnswerBehind) -> Iterator[WhyStep]:
    written = _("%(moment)s 对来信 %(receipt)s 的邮件答复，%(who)s 写的") % {
        "moment": wording.full_moment(behind.answered.happened_at),
        "receipt": behind.letter.receipt,
        "who": behind.by or behind.answered.actor,
    }
    yield WhyStep(written, _("回信记录"))
    if behind.finding is None:
        yield WhyStep(_("答复的原文已到期清除，判定留着"), _("回信记录"))
        return
    yield WhyStep(worded(behind.finding.why), _("计算"))


def _call_steps(behind: CallBehind) -> Iterator[WhyStep]:
    call, finding, journal = behind.call, behind.finding, _("通话记录")
    taken = _("%(moment)s 的通话，%(who)s 接的") % {
        "moment": wording.full_moment(call.rang_at),
        "who": call.staff,
    }
    yield WhyStep(taken, journal)
    if finding is None:
        if behind.correction is None:
            yield WhyStep(_("判定的依据已不在"), journal)
        return
    if finding.measured is not None:
        yield WhyStep(_("量出来是 %(value)s") % {"value": f"{finding.measured:g}"}, journal)
    if finding.turn is not None:
        yield WhyStep(_("看的是第 %(turn)s 句") % {"turn": finding.turn + 1}, journal)
    yield WhyStep(worded(Words(zh=finding.why_zh, en=finding.why_en)), _("计算"))


def _corrected(behind: CallBehind, told: Told) -> Iterator[WhyStep]:
    """What a person decided after listening."""
    if behind.correction is not None:
        words = {"who": behind.correction.staff, "word": _verdict(told.ruling).text}
        yield WhyStep(_("%(who)s 听过以后定为：%(word)s") % words, _("质检"))


def _actions(told: Told) -> tuple[Action, ...]:
    if not told.case_url:
        return ()
    return (
        Action(
            id="open-case", verb=_("打开工单"), url=told.case_url, is_link=True, look="primary"
        ),
    )
