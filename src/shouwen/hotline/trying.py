"""Stored calls judged by another standard beside the one in force. Nothing is written.

A rule that both say alike keeps the verdict on record. One that differs is judged by both on the
call as it is stored: its turns, its events in the journal, and the caller as our registers know
them now, since what the screen showed then is not kept.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from shouwen.clocks.queries import active_pack
from shouwen.core.calls import CallRecord
from shouwen.core.kinds.clock import ClockRule
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.queries.stored_calls import CALL as CALL
from shouwen.hotline.queries.stored_calls import happened_on_many, record_of, screen_of_case
from shouwen.standard.judging import judge_calls
from shouwen.standard.pack import Pack
from shouwen.standard.trying import NO_RULE, unchanged_rules
from shouwen.standard.whatif import Flip

_WORDS = {"kept": "met", "broken": "missed"}


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
    is_changed = _hear_otherwise(pack, draft)
    verdicts = Prefetch("verdicts", queryset=CallVerdict.objects.order_by("ordinal"))
    rows = Call.objects.filter(pk__in=ids).select_related(
        "staff__department", "case__customer", "case__premises__estate"
    )
    told = dict(happened_on_many(ids)) if is_changed else {}
    for call in rows.prefetch_related(verdicts):
        old = new = {verdict.rule_id: verdict.verdict for verdict in call.verdicts.all()}
        if is_changed:
            happened = told.get(call.pk, [])
            record = record_of(call, happened=happened, on_screen=screen_of_case(call))
            old, new = (_words(each, record) for each in (pack, draft))
        for rule_id in dict.fromkeys((*old, *new)):
            yield _flip(call, rule_id, old.get(rule_id, NO_RULE), new.get(rule_id, NO_RULE))


def _hear_otherwise(pack: Pack, draft: Pack) -> bool:
    """Whether anything that is said of calls differs."""
    if (pack.organisation, pack.hearing) != (draft.organisation, draft.hearing):
        return True
    heard = {
        rule.id
        for each in (pack, draft)
        for rule in each.rules.values()
        if rule.judged and not isinstance(rule, ClockRule)
    }
    return not heard <= unchanged_rules(pack, draft)


def _words(pack: Pack, record: CallRecord) -> dict[str, str]:
    return {found.rule_id: found.verdict for found in judge_calls(pack=pack, call=record)}


def _flip(call: Call, rule_id: str, old: str, new: str) -> Flip:
    return Flip(
        rule_id=rule_id,
        subject_kind=CALL,
        subject_id=call.pk,
        ordinal=1,
        old=_WORDS.get(old, old),
        new=_WORDS.get(new, new),
        began_at=call.rang_at,
        ended_at=call.ended_at,
        department=call.staff.department_code if call.staff else "",
    )
