"""Trying a draft on the past, part by part: which matters there are, and what a part of them comes to.

Nothing is written. A part is judged by whoever has it, in this process or in another one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from shouwen.clocks.models import Clock, Ruling
from shouwen.clocks.queries import active_pack, pack_in
from shouwen.clocks.queries.judgements import History, pack_of_matter
from shouwen.clocks.queries.replaying import Compared, Trial, compared, settled
from shouwen.core.events import Subject
from shouwen.core.verdict import Verdict
from shouwen.hotline.trying import CALL, calls_between, compared_calls
from shouwen.journal.queries import entries_of_many, subjects_with
from shouwen.standard.judging import CaseRule
from shouwen.standard.settings import load_reopening_policy
from shouwen.standard.trying import brought_forward
from shouwen.standard.whatif import Answer, Flip, Part, Question

MATTERS_A_PART, CALLS_A_PART = 500, 200
_AT_ONCE = 1_000


def parts_of(question: Question) -> list[Part]:
    """Every matter that may have begun in the time asked about, in parts. Raises PackFaults."""
    found = {} if question.calls_only else _matters(question)
    found[CALL] = calls_between(
        since=question.since, until=question.until, known_at=question.known_at
    )
    return [
        Part.of(kind, ids[first : first + size])
        for kind, ids in found.items()
        for size in [CALLS_A_PART if kind == CALL else MATTERS_A_PART]
        for first in range(0, len(ids), size)
    ]


def _matters(question: Question) -> dict[str, list[UUID]]:
    found = subjects_with(
        kinds=_beginnings(question),
        since=question.since,
        until=question.until,
        known_at=question.known_at,
    )
    found.pop(CALL, None)
    return found


def answered(part: Part, question: Question) -> Answer:
    """What a part of the past comes to by both standards. Raises PackFaults."""
    trial = trial_of(question)
    if part.subject_kind == CALL:
        return _of_calls(part, trial)
    answer = Answer()
    waiting: list[_Row] = []
    for past in _histories(part, question):
        began_at = past.entries[0].happened_at
        rows = compared(past, trial=trial, now=question.known_at)
        waiting += [_Row(row, past.subject, began_at) for row in rows]
        if len(waiting) >= _AT_ONCE:
            _settle(waiting, answer, trial, question)
    _settle(waiting, answer, trial, question)
    _name_departments(answer)
    return answer


def trial_of(question: Question) -> Trial:
    """The draft of a question, made ready to be tried. Raises PackFaults."""
    return _trial(question.draft)


@lru_cache(maxsize=2)
def _trial(draft: str) -> Trial:
    path = Path(draft)
    in_force = active_pack()
    pack = brought_forward(pack_in(path), in_force=in_force)
    return Trial(pack, in_force, load_reopening_policy(path))


def _beginnings(question: Question) -> set[str]:
    """What may begin a matter with a clock, by either standard; what clocks do comes later."""
    trial = trial_of(question)
    return {
        kind
        for pack in (trial.pack, trial.in_force)
        for rule in pack.rules.values()
        if isinstance(rule, CaseRule)
        for version in rule.versions
        for kind in version.begins_on
        if not kind.startswith("clock.")
    }


def _histories(part: Part, question: Question) -> Iterator[History]:
    matters = entries_of_many(
        subject_kind=part.subject_kind, ids=part.subjects, known_at=question.known_at
    )
    for subject, entries in matters:
        if question.since <= entries[0].happened_at < question.until:
            yield History(subject, entries, pack_of_matter(entries))


class _Row(NamedTuple):
    """A clock compared, and the matter it belongs to."""

    compared: Compared
    subject: Subject
    began_at: datetime


def _settle(rows: list[_Row], answer: Answer, trial: Trial, question: Question) -> None:
    """Counts the rows and empties the list."""
    pairs = settled([row.compared for row in rows], trial=trial, now=question.known_at)
    for row, (each, new) in zip(rows, pairs, strict=True):
        answer.tally.count(rule_id=each.rule_id, old=each.old.word, new=new.word)
        if each.old.word != new.word:
            answer.flips.append(_flip(row, new))
    rows.clear()


def _flip(row: _Row, new: Verdict) -> Flip:
    old = row.compared.old
    return Flip(
        rule_id=row.compared.rule_id,
        subject_kind=row.subject.kind,
        subject_id=row.subject.id,
        ordinal=row.compared.ordinal,
        old=old.word,
        new=new.word,
        began_at=row.began_at,
        old_due_at=getattr(old, "due_at", None),
        new_due_at=getattr(new, "due_at", None),
        ended_at=getattr(new, "at", None),
    )


def _name_departments(answer: Answer) -> None:
    """Says of each flip who answered: for the ruling itself, else for its matter."""
    ids = {flip.subject_id for flip in answer.flips}
    of_rulings: dict[tuple[UUID, str, int], str] = {}
    of_matters: dict[UUID, str] = {}
    for some in _batches(ids):
        rows = Ruling.objects.filter(subject_id__in=some)
        for subject_id, rule_id, ordinal, department in rows.values_list(
            "subject_id", "rule_id", "ordinal", "department"
        ):
            of_rulings[subject_id, rule_id, ordinal] = department
        clocks = Clock.objects.filter(subject_id__in=some)
        of_matters.update(clocks.values_list("subject_id", "department"))
    zone = active_pack().calendar.zone
    for place, flip in enumerate(answer.flips):
        key = (flip.subject_id, flip.rule_id, flip.ordinal)
        department = of_rulings.get(key) or of_matters.get(flip.subject_id, "")
        answer.flips[place] = replace(flip, department=department)
        answer.tally.place(
            department=department, began=flip.began_at.astimezone(zone), turn=flip.turn
        )


def _of_calls(part: Part, trial: Trial) -> Answer:
    answer = Answer()
    zone = trial.pack.calendar.zone
    for flip in compared_calls(part.subjects, draft=trial.pack):
        answer.tally.count(rule_id=flip.rule_id, old=flip.old, new=flip.new)
        if flip.old != flip.new:
            answer.flips.append(flip)
            answer.tally.place(
                department=flip.department, began=flip.began_at.astimezone(zone), turn=flip.turn
            )
    return answer


def _batches(ids: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    rest = list(ids)
    return (rest[first : first + _AT_ONCE] for first in range(0, len(rest), _AT_ONCE))
