"""What the standard says of a call that an exchange told of: by its events, its recording, and the words that were heard."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from shouwen.clocks.operations.rejudging import alone_with
from shouwen.core.clause import Scalar
from shouwen.core.events import Subject
from shouwen.core.findings import CallFinding
from shouwen.core.telephony import LineEvent, measures
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.operations.ruling import CALL, rule_on_call
from shouwen.hotline.queries import heard_on, readable_standard, sound_of
from shouwen.hotline.queries.stored_calls import happened_on, record_of, screen_of_caller
from shouwen.standard.by_sound import judge_by_sound, sound_rules
from shouwen.standard.judging import judge_calls
from shouwen.standard.pack import Pack
from shouwen.standard.told_calls import judge_told_call

JUDGE = "hotline.judge"
"""Kind of the job that judges a call once it is over and late words had their time."""
COLUMNS = (
    "type", "at", "offer", "staff_no", "extension", "number", "by", "unanswered", "queue",
    "cause", "direction", "media", "number_in_call",
)  # fmt: skip


def told_of(call: Call) -> list[LineEvent]:
    """Every event on record of a call."""
    return [
        LineEvent(
            id=str(row.pk),
            call=call.call_id,
            **{column: getattr(row, column) for column in COLUMNS},
        )
        for row in call.line_events.all()
    ]


@transaction.atomic
def judge_events(*, call_id: uuid.UUID) -> int:
    """Judges a call that is over by its events; how many verdicts it has now.

    Told more later, it is judged anew. Where words were told, they are heard; without words the events speak
    alone. Left alone: a call that was not answered, one that was not told by an exchange, and
    every call while the standard cannot be read.
    """
    alone_with(Subject(CALL, call_id))
    call = Call.objects.select_for_update(of=("self",)).select_related(
        "staff__department", "case__customer", "case__premises__estate"
    ).get(pk=call_id)  # fmt: skip
    pack = readable_standard()
    if (
        pack is None
        or call.stage != Call.Stage.OVER
        or (call.turns and not call.spoken)
        or call.outcome != Call.Outcome.ANSWERED
    ):
        return 0
    findings = (*_findings(call, pack), *_by_sound(call, pack, words_known=bool(call.turns)))
    call.verdicts.all().delete()
    _write(call, findings, after=0)
    rule_on_call(call=call, pack=pack)
    return len(findings)


@transaction.atomic
def judge_voice(*, call_id: uuid.UUID) -> int:
    """Judges the voice on the recording of a call whose words are judged already; how many verdicts.

    What the words came to stays; done again, what the recording came to before is replaced.
    """
    alone_with(Subject(CALL, call_id))
    call = Call.objects.select_for_update(of=("self",)).select_related(
        "staff__department", "case"
    ).get(pk=call_id)  # fmt: skip
    pack = readable_standard()
    if pack is None:
        return 0
    findings = _by_sound(call, pack, words_known=True)
    rules = sound_rules(pack=pack, day=pack.calendar.day_of(call.rang_at), words_known=True)
    call.verdicts.filter(rule_id__in=rules).delete()
    last = call.verdicts.aggregate(last=Max("ordinal"))["last"] or 0
    _write(call, findings, after=last)
    rule_on_call(call=call, pack=pack)
    return len(findings)


def _by_sound(call: Call, pack: Pack, *, words_known: bool) -> tuple[CallFinding, ...]:
    """What the recording tells; nothing where none was listened to."""
    row = sound_of(call=call)
    if row is None:
        return ()
    return judge_by_sound(
        pack=pack,
        heard=heard_on(call=call, row=row),
        day=pack.calendar.day_of(call.rang_at),
        facts=_facts(call),
        words_known=words_known,
    )


def _write(call: Call, findings: Sequence[CallFinding], *, after: int) -> None:
    CallVerdict.objects.bulk_create(
        CallVerdict(
            call=call,
            rule_id=finding.rule_id,
            ordinal=ordinal,
            clause=finding.clause,
            verdict=finding.verdict,
            turn=finding.turn,
            parts=list(finding.parts),
            why_zh=finding.why.zh[:300],
            why_en=finding.why.en[:300],
            measured=finding.measured,
        )
        for ordinal, finding in enumerate(findings, start=after + 1)
    )


def _findings(call: Call, pack: Pack) -> Sequence[CallFinding]:
    """By the words and the events; of what events alone give and were lost, nothing is proved."""
    by_events = judge_told_call(
        pack=pack,
        measures=measures(told_of(call)),
        day=pack.calendar.day_of(call.rang_at),
        facts=_facts(call),
        cause=call.cause,
    )
    if not call.turns:
        return by_events
    record = record_of(call, happened=happened_on(call), on_screen=screen_of_caller(call))
    heard = judge_calls(pack=pack, call=record)
    lost = {f.rule_id: f for f in by_events if f.verdict == "not_provable" and f.measured is None}
    said = [lost.pop(finding.rule_id, finding) for finding in heard]
    return [*said, *lost.values()]


def _facts(call: Call) -> dict[str, Scalar]:
    return {
        "direction": call.direction,
        "case_kind": call.case.kind if call.case else call.kind,
        "channel": "phone",
    }
