"""What stands behind a ruling: a clock, or what was found on a call, a visit at the counter, an answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shouwen.cases.models import Case
from shouwen.clocks.models import Clock, Ruling
from shouwen.core.listening import CallFinding
from shouwen.core.verdict import Verdict
from shouwen.counter.judging import verdict_on
from shouwen.counter.models import Ticket
from shouwen.counter.queries import events_of_tickets, visit_of
from shouwen.hotline.models import Call, CallVerdict, Correction
from shouwen.inbox.checking import findings_on
from shouwen.inbox.models import Letter
from shouwen.inbox.queries import answer_behind, letter_with_case, words_of_answer
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack

UNCLOCKED = ("call", "contact", "letter")
"""Kinds of subjects that no clock runs for: their rulings are told by what was found on them."""


@dataclass(frozen=True, slots=True)
class CallBehind:
    """The call that was judged, what was heard on it by this rule, what a person decided of that."""

    call: Call
    finding: CallVerdict | None
    correction: Correction | None

    @property
    def case(self) -> Case | None:
        """The case that the call became."""
        return self.call.case


@dataclass(frozen=True, slots=True)
class VisitBehind:
    """The visit at the counter that was judged, and the verdict with its steps; None without its rule."""

    ticket: Ticket
    verdict: Verdict | None

    @property
    def case(self) -> Case | None:
        """The case that the visit became."""
        return self.ticket.case


@dataclass(frozen=True, slots=True)
class AnswerBehind:
    """The letter, its answer with whoever wrote it, and what is found in the words; None once they are erased."""

    letter: Letter
    answered: Entry
    by: Staff | None
    finding: CallFinding | None

    @property
    def case(self) -> Case | None:
        """The case that the letter became."""
        return self.letter.case


Found = CallBehind | VisitBehind | AnswerBehind


def has_clock(*, ruling: Ruling) -> bool:
    """Whether a clock runs, or ran, for this very ruling."""
    return Clock.objects.filter(pk=ruling.pk).exists()


def found_behind(*, ruling: Ruling, pack: Pack) -> Found | None:
    """What the ruling stands on, with its case and people; None when it is gone, or a clock's."""
    match ruling.subject_kind:
        case "call":
            return _call_behind(ruling)
        case "contact":
            return _visit_behind(ruling, pack)
        case "letter":
            return _answer_behind(ruling)
        case _:
            return None


def _call_behind(ruling: Ruling) -> CallBehind | None:
    people = ("staff", "case__first_asked", "case__owner", "case__department")
    call = Call.objects.select_related(*people).filter(pk=ruling.subject_id).first()
    if call is None:
        return None
    findings = call.verdicts.filter(rule_id=ruling.rule_id).order_by("ordinal")
    said = call.corrections.filter(rule_id=ruling.rule_id, number=ruling.ordinal)
    correction = said.select_related("staff").first()
    return CallBehind(call, findings[ruling.ordinal - 1 : ruling.ordinal].first(), correction)


def _visit_behind(ruling: Ruling, pack: Pack) -> VisitBehind | None:
    ticket = visit_of(ticket_id=ruling.subject_id)
    if ticket is None:
        return None
    rule = pack.rules.get(ruling.rule_id)
    events = events_of_tickets([ticket]).get(ticket.pk, [])
    verdict = verdict_on(rule=rule, ticket=ticket, events=events, pack=pack) if rule else None
    return VisitBehind(ticket, verdict)


def _answer_behind(ruling: Ruling) -> AnswerBehind | None:
    letter = letter_with_case(letter_id=ruling.subject_id)
    answered = answer_behind(
        letter_id=ruling.subject_id, rule_id=ruling.rule_id, ordinal=ruling.ordinal
    )
    if letter is None or answered is None:
        return None
    words = words_of_answer(entry=answered)
    findings = findings_on(letter=letter, words=words, at=answered.happened_at) if words else ()
    same = (each for each in findings if each.rule_id == ruling.rule_id)
    by = Staff.objects.filter(staff_no=answered.actor).first()
    return AnswerBehind(letter, answered, by, next(same, None))


def cases_of(*, rulings: Sequence[Ruling]) -> Mapping[uuid.UUID, uuid.UUID]:
    """By subject the case that a call, a visit at the counter or a letter became. One query a kind."""
    of_kind: dict[str, list[uuid.UUID]] = {}
    for ruling in rulings:
        of_kind.setdefault(ruling.subject_kind, []).append(ruling.subject_id)
    found: dict[uuid.UUID, uuid.UUID] = {}
    for kind, rows in (
        ("call", Call.objects.all()),
        ("contact", Ticket.objects.all()),
        ("letter", Letter.objects.all()),
    ):
        if kind in of_kind:
            became = rows.filter(pk__in=of_kind[kind], case__isnull=False)
            found.update(became.values_list("pk", "case_id"))
    return found
