"""The verdicts on a call as rulings: counted with those on cases, and compared with them again."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import (
    Decided,
    Difference,
    compared,
    groundless,
    restate,
    rulings_on,
)
from shouwen.core.events import Subject
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.queries import readable_standard
from shouwen.jobs.operations import enqueue
from shouwen.standard.pack import Pack

CALL = "call"
FILL_RULINGS = "hotline.fill_rulings"
CALLS_A_JOB = 50
_WORDS = {"kept": Ruling.Verdict.MET.value, "broken": Ruling.Verdict.MISSED.value}


def rule_on_call(*, call: Call, pack: Pack) -> None:
    """Stores what the standard says of a call, in the transaction that judged it."""
    restate(subject=Subject(CALL, call.pk), fresh=rulings_of_call(call=call, pack=pack))


def rulings_of_call(*, call: Call, pack: Pack) -> list[Ruling]:
    """The rulings that the verdicts on a call come to, not saved. Whoever took the call answers."""
    decided = (_decided(call, verdict) for verdict in call.verdicts.all())
    return rulings_on(subject=Subject(CALL, call.pk), decided=decided, pack=pack)


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Calls whose rulings are not what their verdicts give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    for call in _judged().iterator(chunk_size=200):
        fresh = rulings_of_call(call=call, pack=pack)
        yield from compared(subject=Subject(CALL, call.pk), fresh=fresh, check=check)
    ground = CallVerdict.objects.filter(call=OuterRef("subject_id"))
    yield from groundless(subject_kind=CALL, ground=ground, check=check)


def fill(*, now: datetime, after: UUID | None) -> None:
    """Rulings of the next calls that were judged before rulings were kept, by id; asks for the rest."""
    pack = readable_standard()
    calls = _judged() if after is None else _judged().filter(pk__gt=after)
    batch = list(calls[:CALLS_A_JOB]) if pack else []
    for call in batch:
        if pack:
            rule_on_call(call=call, pack=pack)
    if len(batch) == CALLS_A_JOB:
        last = str(batch[-1].pk)
        enqueue(
            kind=FILL_RULINGS,
            key=f"{FILL_RULINGS}:{last}",
            payload={"after": last},
            run_at=now,
            now=now,
            priority=5,
        )


def _judged() -> QuerySet[Call]:
    """Calls with their verdicts and whoever took them, by id."""
    verdicts = Prefetch("verdicts", queryset=CallVerdict.objects.order_by("ordinal"))
    return (
        Call.objects.select_related("staff__department").prefetch_related(verdicts).order_by("pk")
    )


def _decided(call: Call, verdict: CallVerdict) -> Decided:
    return Decided(
        rule_id=verdict.rule_id,
        clause=verdict.clause,
        verdict=_WORDS.get(verdict.verdict, verdict.verdict),
        failed=tuple(verdict.parts),
        judged_on=call.rang_at,
        decided_at=call.ended_at or call.rang_at,
        staff_no=call.staff.staff_no if call.staff else "",
        department=call.staff.department_code if call.staff else "",
    )
