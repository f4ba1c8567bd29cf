"""The verdicts on answers as rulings. The journal says which rules an answer kept and broke, never its words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db.models import OuterRef

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import (
    Decided,
    Difference,
    compared,
    groundless,
    restate,
    rulings_on,
)
from shouwen.clocks.queries import readable_standard
from shouwen.core.events import Scalar, Subject
from shouwen.core.listening import CallFinding
from shouwen.inbox.queries import answers_told
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack

LETTER: Final = "letter"
_WORDS = {"broken": Ruling.Verdict.MISSED.value, "kept": Ruling.Verdict.MET.value}


def told_in_journal(findings: Sequence[CallFinding]) -> dict[str, Scalar]:
    """Which rules an answer keeps and which it breaks, as its entry says it."""
    return {
        word: ",".join(each.rule_id for each in findings if each.verdict == word)
        for word in _WORDS
    }


def rule_on_answers(*, letter_id: UUID) -> None:
    """Stores what the standard says of the answers to a letter, in the transaction that sent one."""
    pack = readable_standard()
    if pack is None:
        return
    told = list(answers_told().filter(subject_id=letter_id))
    subject = Subject(LETTER, letter_id)
    restate(subject=subject, fresh=rulings_on_answers(told, pack, people=_people(told)))


def rulings_on_answers(
    told: Sequence[Entry], pack: Pack, *, people: Mapping[str, Staff]
) -> list[Ruling]:
    """The rulings that the entries of one letter's answers come to, not saved. Who wrote one answers for it."""
    if not told:
        return []
    decided = [each for entry in told for each in _decided(entry, people.get(entry.actor))]
    return rulings_on(subject=Subject(LETTER, told[0].subject_id), decided=decided, pack=pack)


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Letters whose rulings are not what the entries of their answers give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    people = {staff.staff_no: staff for staff in Staff.objects.select_related("department")}
    for letter_id, entries in groupby(
        answers_told().iterator(), key=lambda entry: entry.subject_id
    ):
        fresh = rulings_on_answers(list(entries), pack, people=people)
        yield from compared(subject=Subject(LETTER, letter_id), fresh=fresh, check=check)
    ground = answers_told().filter(subject_id=OuterRef("subject_id"))
    yield from groundless(subject_kind=LETTER, ground=ground, check=check)


def _decided(entry: Entry, staff: Staff | None) -> Iterator[Decided]:
    for word, verdict in _WORDS.items():
        for rule_id in filter(None, str(entry.data.get(word, "")).split(",")):
            yield Decided(
                rule_id=rule_id,
                verdict=verdict,
                judged_on=entry.happened_at,
                decided_at=entry.happened_at,
                staff_no=entry.actor,
                department=staff.department_code if staff else "",
            )


def _people(told: Sequence[Entry]) -> Mapping[str, Staff]:
    rows = Staff.objects.filter(staff_no__in={entry.actor for entry in told})
    return {staff.staff_no: staff for staff in rows.select_related("department")}
