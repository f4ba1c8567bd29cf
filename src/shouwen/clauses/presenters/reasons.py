"""Why a ruling is what it is, for those that no clock stands behind: what was heard on a call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shouwen.clauses.presenters.versions import version_on
from shouwen.clocks.models import Ruling
from shouwen.clocks.presenters import mark_of
from shouwen.core.clause import Words
from shouwen.core.kinds import Rule
from shouwen.hotline.models import Call, CallVerdict, Correction
from shouwen.standard.describing import titles_in
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import listed, worded
from shouwen.ui.pages import SaidPart, WhyDrawer
from shouwen.ui.parts import Action, Tag, WhyStep


@dataclass(frozen=True, slots=True)
class OnACall:
    """A ruling about a call, with the call, the finding it stands on, and the case it became."""

    ruling: Ruling
    call: Call
    finding: CallVerdict | None
    correction: Correction | None
    case_number: str
    case_url: str
    close_url: str
    pack: Pack


def call_reasons(told: OnACall) -> WhyDrawer:
    """The drawer of a ruling about a call. What was said stays where it is: only the turn is named."""
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


def _steps(told: OnACall) -> Iterator[WhyStep]:
    call, finding, journal = told.call, told.finding, _("通话记录")
    taken = _("%(moment)s 的通话，%(who)s 接的") % {
        "moment": wording.full_moment(call.rang_at),
        "who": call.staff,
    }
    yield WhyStep(taken, journal)
    if finding is None:
        if told.correction is None:
            yield WhyStep(_("判定的依据已不在"), journal)
    else:
        yield from _heard(finding, journal)
    if told.correction is not None:
        word = _verdict(told.ruling).text
        words = {"who": told.correction.staff, "word": word}
        yield WhyStep(_("%(who)s 听过以后定为：%(word)s") % words, _("质检"))


def _heard(finding: CallVerdict, journal: str) -> Iterator[WhyStep]:
    if finding.measured is not None:
        yield WhyStep(_("量出来是 %(value)s") % {"value": f"{finding.measured:g}"}, journal)
    if finding.turn is not None:
        yield WhyStep(_("看的是第 %(turn)s 句") % {"turn": finding.turn + 1}, journal)
    yield WhyStep(worded(Words(zh=finding.why_zh, en=finding.why_en)), _("计算"))


def _actions(told: OnACall) -> tuple[Action, ...]:
    if not told.case_url:
        return ()
    return (
        Action(
            id="open-case", verb=_("打开工单"), url=told.case_url, is_link=True, look="primary"
        ),
    )
