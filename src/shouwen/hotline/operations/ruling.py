"""The verdicts on a call as rulings: counted with those on cases, and compared with them again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Prefetch, Q, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import (
    Decided,
    Difference,
    compared,
    groundless,
    restate,
    rulings_on,
)
from shouwen.clocks.operations.rejudging import alone_with
from shouwen.core.events import Subject
from shouwen.hotline.models import Call, CallVerdict, Correction
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
    """The rulings that the verdicts on a call come to, not saved. Whoever took the call answers.

    What people decided takes the place of what was heard.
    """
    decided = _decided_on(call)
    return rulings_on(subject=Subject(CALL, call.pk), decided=decided, pack=pack)


def numbered(verdicts: Iterable[CallVerdict]) -> Iterator[tuple[CallVerdict, int]]:
    """Each verdict of a call, in order, with its number among those of its rule."""
    times: dict[str, int] = {}
    for verdict in verdicts:
        times[verdict.rule_id] = times.get(verdict.rule_id, 0) + 1
        yield verdict, times[verdict.rule_id]


@transaction.atomic
def correct(*, call_id: UUID, corrections: Iterable[Correction]) -> None:
    """Puts what people decided in the place of what was heard, and with it in the figures.

    While the standard cannot be read the figures stay; `recompute` brings them up to date.
    """
    alone_with(Subject(CALL, call_id))
    decided = list(corrections)
    for each in decided:
        each.call_id = call_id
    Correction.objects.bulk_create(
        decided,
        update_conflicts=True,
        unique_fields=["call", "rule_id", "number"],
        update_fields=["clause", "verdict", "failed", "staff", "corrected_at"],
    )
    pack = readable_standard()
    if pack is not None:
        rule_on_call(call=_judged().get(pk=call_id), pack=pack)


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Calls whose rulings are not what their verdicts give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    for call in _judged().iterator(chunk_size=200):
        fresh = rulings_of_call(call=call, pack=pack)
        yield from compared(subject=Subject(CALL, call.pk), fresh=fresh, check=check)
    said = Q(verdicts__isnull=False) | Q(corrections__isnull=False)
    ground = Call.objects.filter(said, pk=OuterRef("subject_id"))
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
    calls = Call.objects.select_related("staff__department")
    return calls.prefetch_related(verdicts, "corrections").order_by("pk")


def _decided_on(call: Call) -> Iterator[Decided]:
    """What was heard, or what a person said of it; then what people added."""
    corrections = {(each.rule_id, each.number): each for each in call.corrections.all()}
    for verdict, number in numbered(call.verdicts.all()):
        correction = corrections.pop((verdict.rule_id, number), None)
        yield _decided(call, correction or verdict)
    for _key, correction in sorted(corrections.items()):
        yield _decided(call, correction)


def _decided(call: Call, verdict: CallVerdict | Correction) -> Decided:
    failed = verdict.failed if isinstance(verdict, Correction) else verdict.parts
    return Decided(
        rule_id=verdict.rule_id,
        clause=verdict.clause,
        verdict=_WORDS.get(verdict.verdict, verdict.verdict),
        failed=tuple(failed),
        judged_on=call.rang_at,
        decided_at=call.ended_at or call.rang_at,
        staff_no=call.staff.staff_no if call.staff else "",
        department=call.staff.department_code if call.staff else "",
    )
