"""An answer as it is drafted, form of address and closing from the standard, the body from a template; and as it is checked."""

from collections.abc import Sequence

from shouwen.clocks.presenters import mark_of
from shouwen.clocks.queries import readable_standard
from shouwen.core.kinds import Rule
from shouwen.core.kinds.phrase import PhraseVersion
from shouwen.core.kinds.script import ScriptVersion
from shouwen.core.listening import CallFinding
from shouwen.inbox.models import Letter
from shouwen.inbox.presenters.pages import WordingFault
from shouwen.standard.letters import Letters, Template
from shouwen.ui import wording
from shouwen.ui.languages import worded

_SHOWN = 3


def drafts_for(letter: Letter, plan: Letters) -> list[tuple[str, str, str]]:
    """Every template that fits the letter: its id, its title, the whole answer."""
    kind = letter.case.kind if letter.case else ""
    fitting = [each for each in plan.template if not each.kinds or not kind or kind in each.kinds]
    return [(each.id, worded(each.title), _draft(letter, plan, each)) for each in fitting]


def _draft(letter: Letter, plan: Letters, template: Template) -> str:
    called = _called(letter) or plan.stranger
    day = wording.local_day(letter.arrived_at)
    greeting, closing = _line(plan.greeting, letter), _line(plan.closing, letter, last=True)
    told = plan.opening.replace("{day}", f"{day.month}月{day.day}日")
    told = told.replace("{receipt}", letter.receipt)
    return f"{called}：\n{greeting}！{told}\n\n{template.body}\n\n{closing}！"


def _called(letter: Letter) -> str:
    """The surname with its title where the register tells it, else as the writer signed; "" for neither."""
    customer = letter.case.customer if letter.case else None
    if customer is not None:
        return customer.called
    return letter.sender_name


def _line(rule_id: str, letter: Letter, *, last: bool = False) -> str:
    """A line that the rule wants in writing."""
    pack = readable_standard()
    rule = pack.rules.get(rule_id) if pack and rule_id else None
    version = rule.on(pack.calendar.day_of(letter.arrived_at)) if rule and pack else None
    if isinstance(version, PhraseVersion | ScriptVersion) and version.says:
        return str(version.says[1 if last and len(version.says) > 1 else 0])
    return ""


def wording_faults(broken: Sequence[CallFinding]) -> list[tuple[str, WordingFault]]:
    """What an answer would break, by rule, with the wording that the pack has for it instead."""
    pack = readable_standard()
    return [(each.rule_id, _fault(each, pack.rules[each.rule_id])) for each in broken if pack]


def _fault(finding: CallFinding, rule: Rule) -> WordingFault:
    version, why = rule.versions[-1], worded(finding.why)
    better = version.instead[:_SHOWN] if isinstance(version, PhraseVersion) else ()
    return WordingFault(
        clause=mark_of(finding.clause),
        title=worded(rule.title),
        why=why,
        instead=tuple(line for line in better if line not in why),
    )
