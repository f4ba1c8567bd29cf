"""Stored calls judged by another standard beside the one in force. Nothing is written.

A rule that both say alike keeps the verdict on record. One that differs is judged by both on the
call as it is stored: its turns, its events in the journal, and the caller as our registers know
them now, since what the screen showed then is not kept.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from shouwen.clocks.queries import active_pack
from shouwen.core.calls import CallerOnScreen, CallEvent, CallRecord, Turn
from shouwen.core.kinds import Rule
from shouwen.hotline.models import Call, CallVerdict
from shouwen.journal.queries import Told, entries_of_many
from shouwen.standard.judging import CallRule, judge_call
from shouwen.standard.pack import Pack
from shouwen.standard.trying import NO_RULE, unchanged_rules
from shouwen.standard.whatif import Flip

CALL = "call"
_WORDS = {"kept": "met", "broken": "missed"}
_TYPES = {
    "call.answered": "answer",
    "call.held": "hold",
    "call.resumed": "resume",
    "call.transferred": "transfer",
    "call.ended": "hangup",
}


def calls_between(*, since: datetime, until: datetime, known_at: datetime) -> list[UUID]:
    """The calls that rang in [since, until), UTC, and were on record at `known_at`; by id."""
    calls = Call.objects.filter(
        rang_at__gte=since, rang_at__lt=until, rang_at__lte=known_at, verdicts__isnull=False
    )
    return list(calls.order_by("pk").values_list("pk", flat=True).distinct())


def compared_calls(ids: Sequence[UUID], *, draft: Pack) -> Iterator[Flip]:
    """What both standards say of each rule on each call, also where they say the same.

    Raises PackFaults.
    """
    pack = active_pack()
    same = unchanged_rules(pack, draft)
    if (pack.organisation, pack.hearing) != (draft.organisation, draft.hearing):
        same = frozenset()
    changed = [
        rule_id
        for rule_id in dict.fromkeys((*pack.rules, *draft.rules))
        if rule_id not in same
        and any(_is_heard(each.rules.get(rule_id)) for each in (pack, draft))
    ]
    verdicts = Prefetch("verdicts", queryset=CallVerdict.objects.order_by("ordinal"))
    rows = Call.objects.filter(pk__in=ids).select_related(
        "staff__department", "case__customer", "case__premises__estate"
    )
    told = dict(_told(ids)) if changed else {}
    for call in rows.prefetch_related(verdicts):
        yield from _kept(call, same)
        if changed:
            record = _record(call, told.get(call.pk, []))
            yield from _judged(call, record, changed, pack, draft)


def _is_heard(rule: Rule | None) -> bool:
    return isinstance(rule, CallRule) and rule.judged


def _kept(call: Call, same: frozenset[str]) -> Iterator[Flip]:
    times: dict[str, int] = {}
    for verdict in call.verdicts.all():
        ordinal = times[verdict.rule_id] = times.get(verdict.rule_id, 0) + 1
        if verdict.rule_id in same:
            word = _WORDS.get(verdict.verdict, verdict.verdict)
            yield _flip(call, verdict.rule_id, word, word, ordinal)


def _judged(
    call: Call, record: CallRecord, rule_ids: Sequence[str], pack: Pack, draft: Pack
) -> Iterator[Flip]:
    for rule_id in rule_ids:
        old, new = (_word(each, rule_id, record) for each in (pack, draft))
        if (old, new) != (NO_RULE, NO_RULE):
            yield _flip(call, rule_id, old, new, 1)


def _word(pack: Pack, rule_id: str, record: CallRecord) -> str:
    rule = pack.rules.get(rule_id)
    if rule is None or not _is_heard(rule):
        return NO_RULE
    verdict = judge_call(rule=rule, call=record, pack=pack).verdict
    return _WORDS.get(verdict, verdict)


def _flip(call: Call, rule_id: str, old: str, new: str, ordinal: int) -> Flip:
    return Flip(
        rule_id=rule_id,
        subject_kind=CALL,
        subject_id=call.pk,
        ordinal=ordinal,
        old=old,
        new=new,
        began_at=call.rang_at,
        ended_at=call.ended_at,
        department=call.staff.department_code,
    )


def _told(ids: Sequence[UUID]) -> Iterator[tuple[UUID, list[Told]]]:
    for subject, entries in entries_of_many(subject_kind=CALL, ids=ids):
        yield subject.id, entries


def _record(call: Call, entries: Sequence[Told]) -> CallRecord:
    """The call as it was told, as far as it is kept."""
    events = [CallEvent(0.0, "ring")] if call.rings else []
    events += [
        CallEvent(
            (entry.happened_at - call.rang_at).total_seconds(),
            _TYPES[entry.kind],
            by=str(entry.data.get("by", "")),
            cause=str(entry.data.get("cause", "")),
        )
        for entry in entries
        if entry.kind in _TYPES
    ]
    return CallRecord(
        call_id=call.call_id,
        direction="outbound" if call.direction == "outbound" else "inbound",
        kind=call.kind,
        started_at=call.rang_at,
        staff_no=call.staff.staff_no,
        customer=_on_screen(call),
        events=tuple(sorted(events, key=lambda event: event.t)),
        turns=tuple(_turn(each) for each in call.turns),
    )


def _turn(said: dict[str, Any]) -> Turn:
    return Turn(said["start"], said["end"], said["speaker"], said["text"])


def _on_screen(call: Call) -> CallerOnScreen | None:
    case = call.case
    if case is None or case.customer is None:
        return CallerOnScreen(phone=call.number) if call.number else None
    customer, home = case.customer, case.premises
    return CallerOnScreen(
        phone=call.number,
        surname=customer.surname,
        title=customer.title,
        address=str(home) if home else "",
    )
