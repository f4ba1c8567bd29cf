"""The verdicts on a call as rulings: counted with those on cases, and compared with them again."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import Difference, settle, take_back
from shouwen.clocks.queries.rulings import changed, rulings_of
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
    settle(subject=Subject(CALL, call.pk), fresh=rulings_of_call(call=call, pack=pack))


def rulings_of_call(*, call: Call, pack: Pack) -> list[Ruling]:
    """The rulings that the verdicts on a call come to, not saved. Whoever took the call answers."""
    times: dict[str, int] = {}
    found = []
    for verdict in call.verdicts.all():
        ordinal = times[verdict.rule_id] = times.get(verdict.rule_id, 0) + 1
        found.append(_ruling(call, verdict, ordinal, pack))
    return found


def compare(check: bool, now: datetime) -> Iterator[Difference]:  # noqa: FBT001 - as clocks.Recomputing
    """Calls whose rulings are not what their verdicts give; unless `check`, each is mended."""
    pack = readable_standard()
    if pack is None:
        return
    for call in _judged().iterator(chunk_size=200):
        yield from _differences(call, pack, check=check)
    gone = Ruling.objects.filter(subject_kind=CALL)
    there = CallVerdict.objects.filter(call=OuterRef("subject_id"))
    for ruling in gone.exclude(Exists(there)).iterator():
        yield Difference(ruling.subject, ruling.pk, ruling.rule_id, ("ruling",))
        if not check:
            take_back(rulings=[ruling])


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


def _ruling(call: Call, verdict: CallVerdict, ordinal: int, pack: Pack) -> Ruling:
    rule = pack.rules.get(verdict.rule_id)
    version = rule.on(pack.calendar.day_of(call.rang_at)) if rule else None
    decided_at = call.ended_at or call.rang_at
    return Ruling(
        id=uuid5(call.pk, f"ruling:{verdict.rule_id}:{ordinal}"),
        rule_id=verdict.rule_id,
        clause=verdict.clause,
        subject_kind=CALL,
        subject_id=call.pk,
        ordinal=ordinal,
        verdict=_WORDS.get(verdict.verdict, verdict.verdict),
        failed=list(verdict.parts),
        decided_at=decided_at,
        day=pack.calendar.day_of(decided_at),
        stage=rule.stage if rule else "",
        department=call.staff.department_code if call.staff else "",
        staff_no=call.staff.staff_no if call.staff else "",
        rule_from=version.from_ if version else None,
        pack_digest=pack.digest,
    )


def _differences(call: Call, pack: Pack, *, check: bool) -> Iterator[Difference]:
    subject = Subject(CALL, call.pk)
    stored = {row.pk: row for row in rulings_of(subject=subject)}
    fresh = rulings_of_call(call=call, pack=pack)
    found = []
    for ruling in fresh:
        row = stored.pop(ruling.pk, None)
        columns = tuple(f"ruling.{name}" for name in changed(row, ruling)) if row else ("ruling",)
        if columns:
            found.append(Difference(subject, ruling.pk, ruling.rule_id, columns))
    found += [Difference(subject, row.pk, row.rule_id, ("ruling",)) for row in stored.values()]
    yield from found
    if found and not check:
        with transaction.atomic():
            take_back(rulings=stored.values())
            settle(subject=subject, fresh=fresh)
