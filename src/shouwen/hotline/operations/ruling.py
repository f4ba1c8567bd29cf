"""The verdicts on a call as rulings: counted with those on cases, and compared with them again."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from shouwen.clocks.models import Ruling
from shouwen.clocks.operations import Difference, settle, take_back
from shouwen.clocks.operations.rejudging import alone_with
from shouwen.clocks.queries.rulings import changed, rulings_of
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
    settle(subject=Subject(CALL, call.pk), fresh=rulings_of_call(call=call, pack=pack))


def rulings_of_call(*, call: Call, pack: Pack) -> list[Ruling]:
    """The rulings that the verdicts on a call come to, not saved. Whoever took the call answers.

    What people decided takes the place of what was heard.
    """
    corrections = {(each.rule_id, each.number): each for each in call.corrections.all()}
    found = []
    for verdict, number in numbered(call.verdicts.all()):
        correction = corrections.pop((verdict.rule_id, number), None)
        found.append(_ruling(call, _corrected(verdict, correction), number, pack))
    return found + [
        _ruling(call, _Said.of(each), each.number, pack) for each in corrections.values()
    ]


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
        yield from _differences(call, pack, check=check)
    gone = Ruling.objects.filter(subject_kind=CALL)
    heard = CallVerdict.objects.filter(call=OuterRef("subject_id"))
    said = Correction.objects.filter(call=OuterRef("subject_id"))
    for ruling in gone.exclude(Exists(heard) | Exists(said)).iterator():
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
    calls = Call.objects.select_related("staff__department")
    return calls.prefetch_related(verdicts, "corrections").order_by("pk")


class _Said(NamedTuple):
    """What a ruling takes from a verdict or from its correction."""

    rule_id: str
    clause: str
    verdict: str
    parts: list[str]

    @classmethod
    def of(cls, each: Correction) -> "_Said":
        return cls(each.rule_id, each.clause, each.verdict, each.failed)


def _corrected(verdict: CallVerdict, correction: Correction | None) -> _Said:
    if correction is not None:
        return _Said.of(correction)
    return _Said(verdict.rule_id, verdict.clause, verdict.verdict, verdict.parts)


def _ruling(call: Call, verdict: _Said, ordinal: int, pack: Pack) -> Ruling:
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
