"""An answer by mail held against the standard: what would be broken, and what would be kept."""

from datetime import datetime

from shouwen.clocks.queries import readable_standard
from shouwen.core.calls import CallerOnScreen
from shouwen.core.listening import CallFinding
from shouwen.inbox.models import Letter
from shouwen.inbox.queries import readable_letters
from shouwen.standard.answers import Written, judge_answer


def findings_on(*, letter: Letter, words: str, at: datetime) -> tuple[CallFinding, ...]:
    """What the rules about wording say of an answer; nothing while the standard cannot be read."""
    pack = readable_standard()
    if pack is None:
        return ()
    plan, case = readable_letters(), letter.case
    written = Written(
        words=words,
        at=at,
        channel="mail",
        kind=case.kind if case else "",
        customer=_addressed(letter),
        always=[rule for rule in (plan.greeting, plan.closing) if rule],
    )
    return judge_answer(pack=pack, written=written)


def broken_in(findings: tuple[CallFinding, ...]) -> tuple[CallFinding, ...]:
    """What would be broken."""
    return tuple(finding for finding in findings if finding.verdict == "broken")


def _addressed(letter: Letter) -> CallerOnScreen | None:
    """Who is written to, as far as the register tells; a signature is not taken for a name."""
    customer = letter.case.customer if letter.case else None
    if customer is None or not (customer.surname and customer.title):
        return None
    return CallerOnScreen(surname=customer.surname, title=customer.title)
