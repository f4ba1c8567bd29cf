"""Rulings on matters that no clock runs for: calls, visits at the counter, answers in writing.

Whoever judges such a matter says what each rule came to; wording the rulings, storing, comparing and
mending them is done here for all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.db.models import Exists, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations.recomputing import Difference
from shouwen.clocks.operations.rejudging import alone_with
from shouwen.clocks.operations.ruling import settle, take_back
from shouwen.clocks.queries.rulings import changed, rulings_of
from shouwen.core.events import Subject
from shouwen.standard.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one rule came to once. Instants are UTC; `judged_on`: the version in force then was applied.

    `verdict` is a word of `Ruling.Verdict`. Empty `staff_no` and `department`: nobody answers.
    """

    rule_id: str
    verdict: str
    judged_on: datetime
    decided_at: datetime
    clause: str = ""
    failed: tuple[str, ...] = ()
    staff_no: str = ""
    department: str = ""


def rulings_on(*, subject: Subject, decided: Iterable[Decided], pack: Pack) -> list[Ruling]:
    """The rulings, not saved. A rule that was decided several times has one for each time, in order."""
    times: dict[str, int] = {}
    found = []
    for each in decided:
        ordinal = times[each.rule_id] = times.get(each.rule_id, 0) + 1
        found.append(_ruling(subject, each, ordinal, pack))
    return found


def _ruling(subject: Subject, decided: Decided, ordinal: int, pack: Pack) -> Ruling:
    rule = pack.rules.get(decided.rule_id)
    version = rule.on(pack.calendar.day_of(decided.judged_on)) if rule else None
    return Ruling(
        id=uuid5(subject.id, f"ruling:{decided.rule_id}:{ordinal}"),
        rule_id=decided.rule_id,
        clause=decided.clause or (rule.clause if rule else ""),
        subject_kind=subject.kind,
        subject_id=subject.id,
        ordinal=ordinal,
        verdict=decided.verdict,
        failed=list(decided.failed),
        decided_at=decided.decided_at,
        day=pack.calendar.day_of(decided.decided_at),
        stage=rule.stage if rule else "",
        department=decided.department,
        staff_no=decided.staff_no,
        rule_from=version.from_ if version else None,
        pack_digest=pack.digest,
    )


@transaction.atomic
def restate(*, subject: Subject, fresh: Iterable[Ruling]) -> None:
    """What stands on a matter is from now on just this: what is not in it any more is taken back.

    Call it in the transaction that judged.
    """
    alone_with(subject)
    found = list(fresh)
    still = {ruling.pk for ruling in found}
    take_back(rulings=[row for row in rulings_of(subject=subject) if row.pk not in still])
    settle(subject=subject, fresh=found)


def compared(*, subject: Subject, fresh: Iterable[Ruling], check: bool) -> Iterator[Difference]:
    """Where the stored rulings on a matter are not the fresh ones; unless `check` they are mended."""
    stored = {row.pk: row for row in rulings_of(subject=subject)}
    found, now = [], list(fresh)
    for ruling in now:
        row = stored.pop(ruling.pk, None)
        columns = tuple(f"ruling.{name}" for name in changed(row, ruling)) if row else ("ruling",)
        if columns:
            found.append(Difference(subject, ruling.pk, ruling.rule_id, columns))
    found += [Difference(subject, row.pk, row.rule_id, ("ruling",)) for row in stored.values()]
    yield from found
    if found and not check:
        restate(subject=subject, fresh=now)


def groundless(
    *, subject_kind: str, ground: QuerySet[Any, Any], check: bool
) -> Iterator[Difference]:
    """Rulings on matters of a kind behind which nothing stands; unless `check` they are taken back.

    `ground` is what would stand behind one, by OuterRef("subject_id").
    """
    rows: QuerySet[Ruling] = Ruling.objects.filter(subject_kind=subject_kind)
    for ruling in rows.exclude(Exists(ground)).iterator():
        yield Difference(ruling.subject, ruling.pk, ruling.rule_id, ("ruling",))
        if not check:
            take_back(rulings=[ruling])
