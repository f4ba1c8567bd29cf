"""Checks a pack to the last example: what `shouwen standard check` and the tests run."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from shouwen.core.calls import AudioMeasures, CallerOnScreen, CallEvent, CallRecord, Turn
from shouwen.core.clause import Example, ExampleCall, Words
from shouwen.core.events import EVENTS, Event
from shouwen.core.facts import FACTS
from shouwen.core.kinds import Rule
from shouwen.core.targets import COUNTS, judge_target
from shouwen.core.verdict import WORDS, Met, Missed, Running, Verdict
from shouwen.standard.by_sound import load_listening
from shouwen.standard.callbacks import load_callbacks
from shouwen.standard.cockpit import load_cockpit
from shouwen.standard.dispatching import load_dispatch
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.hall import load_hall
from shouwen.standard.hazards import load_hazards
from shouwen.standard.judging import judge, judge_call
from shouwen.standard.letters import load_letters
from shouwen.standard.pack import Pack, load_pack
from shouwen.standard.phoning import load_phone
from shouwen.standard.reading import suggestion
from shouwen.standard.reviewing import load_reviewing
from shouwen.standard.settings import load_ladder, load_reopening_policy
from shouwen.standard.taxonomy import TAXONOMY, load_taxonomy
from shouwen.standard.turns import with_turns

_RING_EVERY = 5.0
_TURN_SECONDS = 3.0
_PAUSE_SECONDS = 0.5


def check_pack(path: Path) -> Pack:
    """Load the pack and run every example. Raises PackFaults with everything that is wrong."""
    pack = load_pack(path)
    faults = [*_faults_of_settings(path, pack), *example_faults(pack)]
    if faults:
        raise PackFaults(faults)
    return pack


def _faults_of_settings(path: Path, pack: Pack) -> list[Fault]:
    """What is wrong with the files of the company's own settings beside its rules."""
    found: list[Fault] = []
    loads: tuple[Callable[[Path], object], ...] = (
        partial(load_ladder, departments=pack.departments),
        load_reopening_policy,
        partial(load_cockpit, rules=pack.rules, departments=pack.departments),
        partial(load_hall, rules=pack.rules, calendars=pack.calendars),
        partial(load_letters, rules=pack.rules),
        load_callbacks,
        _load_dispatch,
        load_hazards,
        partial(load_phone, rules=pack.rules.values()),
        partial(load_reviewing, rules=pack.rules),
        load_listening,
    )
    for load in loads:
        try:
            load(path)
        except PackFaults as error:
            found += error.faults
    return found


def _load_dispatch(path: Path) -> object:
    """Dispatch with the leaves it names checked, where the pack has a taxonomy."""
    there = (path / TAXONOMY).exists()
    leaves = [leaf.code for leaf in load_taxonomy(path / TAXONOMY)] if there else None
    return load_dispatch(path, leaves=leaves)


def example_faults(pack: Pack) -> list[Fault]:
    """A fault for each example that cannot run or does not come out as it says."""
    return [
        Fault(pack.files[rule.id], f"example.{i}.{place}", problem, remedy)
        for rule in pack.rules.values()
        for i, example in enumerate(rule.examples)
        for place, problem, remedy in _of_example(pack, rule, example)
    ]


Found = tuple[str, Words, Words]


def faults_of_example(pack: Pack, rule: Rule, example: Example) -> list[Found]:
    """What is wrong with one example: place, problem, remedy; nothing when it comes out as it
    says.
    """
    return list(_of_example(pack, rule, example))


def _of_example(pack: Pack, rule: Rule, example: Example) -> Iterator[Found]:
    names = list(_unknown_names(example))
    if names:
        yield from names
    elif example.counts is not None:
        yield from _on_counts(rule, example, example.counts)
    elif example.call is not None:
        yield from _on_a_call(pack, rule, example, example.call)
    elif example.events:
        yield from _on_a_case(pack, rule, example)
    else:
        yield (
            "events",
            Words(zh="没有事件、通话或数字", en="neither events nor a call nor counts"),
            Words(zh="写 events、call 或 counts", en="give events, a call or counts"),
        )


def _unknown_names(example: Example) -> Iterator[Found]:
    if example.expect not in WORDS:
        yield "expect", _unknown(example.expect), suggestion(example.expect, WORDS)
    yield from _unknown_among("facts", example.facts or {}, FACTS)
    yield from _unknown_among("counts", example.counts or {}, COUNTS)
    for i, row in enumerate(example.events):
        if row[0] not in EVENTS:
            yield f"events.{i}", _unknown(row[0]), suggestion(row[0], EVENTS)
        if row[1].utcoffset() is None:
            yield (
                f"events.{i}",
                Words(zh="时间没有时区", en="a time without its offset"),
                Words(zh="末尾加 +08:00", en="add +08:00 at the end"),
            )
        yield from _unknown_fields(f"events.{i}", row)


def _unknown_among(place: str, names: Iterable[str], known: Collection[str]) -> Iterator[Found]:
    for name in names:
        if name not in known:
            yield f"{place}.{name}", _unknown(name), suggestion(name, known)


def _unknown_fields(place: str, row: Sequence[Any]) -> Iterator[Found]:
    """Data that an event of this kind does not carry: a slip of the pen nobody would notice."""
    kind = EVENTS.get(row[0])
    for name in row[2] if len(row) > 2 and kind is not None else ():
        if kind is not None and name not in kind.fields:
            yield f"{place}.{name}", _unknown(name), suggestion(name, kind.fields)


def _unknown(name: str) -> Words:
    return Words(zh=f"没有 {name}", en=f"no {name} here")


def _on_counts(rule: Rule, example: Example, counts: Mapping[str, float]) -> Iterator[Found]:
    """The target of the rule's newest version that has one."""
    target = next((v.target for v in reversed(rule.versions) if v.target is not None), None)
    if target is None:
        yield (
            "counts",
            Words(zh="这条规则没有目标", en="the rule has no target"),
            Words(zh="写 target，或改用 events", en="write a target, or give events"),
        )
        return
    found = judge_target(target, counts).word
    if found != example.expect:
        yield _differs(example.expect, found)


def _on_a_case(pack: Pack, rule: Rule, example: Example) -> Iterator[Found]:
    events = [
        Event(row[0], row[1], dict(row[2]) if len(row) > 2 else {}) for row in example.events
    ]
    facts, now = example.facts or {}, example.now or max(event.at for event in events)
    verdict = judge(
        rule=rule,
        facts=facts,
        events=with_turns(pack=pack, rule=rule, facts=facts, events=events, now=now),
        calendar=pack.calendar,
        calendars=pack.calendars,
        now=now,
    )
    if verdict.word != example.expect:
        yield _differs(example.expect, verdict.word)
    due_at = _due_at(verdict)
    if example.expect_due is not None and due_at != example.expect_due:
        found = due_at.astimezone(pack.calendar.zone).isoformat() if due_at else "-"
        yield "expect_due", *_differs(example.expect_due.isoformat(), found)[1:]
    if example.expect_failed is not None and set(_failed(verdict)) != set(example.expect_failed):
        wanted, got = ", ".join(example.expect_failed), ", ".join(_failed(verdict)) or "-"
        yield "expect_failed", *_differs(wanted, got)[1:]


def _failed(verdict: Verdict) -> tuple[str, ...]:
    return verdict.failed if isinstance(verdict, Missed) else ()


def _due_at(verdict: Verdict) -> datetime | None:
    return verdict.due_at if isinstance(verdict, Running | Met | Missed) else None


def _on_a_call(pack: Pack, rule: Rule, example: Example, call: ExampleCall) -> Iterator[Found]:
    finding = judge_call(rule=rule, call=_record(call, rule, pack), pack=pack, facts=example.facts)
    if finding.verdict != example.expect:
        yield _differs(example.expect, f"{finding.verdict}: {finding.why.en}")
    if example.expect_parts is not None and finding.parts != example.expect_parts:
        yield "expect_parts", *_differs(str(example.expect_parts), str(finding.parts))[1:]


def _differs(expected: str, found: str) -> Found:
    return (
        "expect",
        Words(zh=f"应为 {expected}，实为 {found}", en=f"expected {expected}, found {found}"),
        Words(zh="改正条款或例子", en="correct the rule or the example"),
    )


def _record(call: ExampleCall, rule: Rule, pack: Pack) -> CallRecord:
    """The miniature as a whole call, on the first day of the rule's newest version."""
    day = rule.versions[-1].from_
    turns = _turns(call)
    last = turns[-1].end if turns else call.answered_after
    ended = last + 1 if call.talk_seconds is None else call.answered_after + call.talk_seconds
    return CallRecord(
        call_id="example",
        direction=call.direction,
        kind=call.kind,
        started_at=datetime(day.year, day.month, day.day, 9, tzinfo=pack.calendar.zone),
        staff_no="",
        customer=None if call.customer is None else CallerOnScreen(**call.customer),
        events=_events(call, ended),
        turns=turns,
        channel=call.channel,
        audio=AudioMeasures(**call.audio),
    )


def _turns(call: ExampleCall) -> tuple[Turn, ...]:
    """Three seconds each, half a second apart or as far apart as the example says."""
    turns: list[Turn] = []
    start = call.answered_after
    for row in call.turns:
        if turns:
            start = turns[-1].end + (row[2] if len(row) > 2 else _PAUSE_SECONDS)
        turns.append(Turn(start, start + _TURN_SECONDS, row[0], row[1]))
    return tuple(turns)


def _events(call: ExampleCall, ended: float) -> tuple[CallEvent, ...]:
    rings = int(call.answered_after // _RING_EVERY) + 1
    events = [CallEvent(i * _RING_EVERY, "ring") for i in range(rings)]
    events.append(CallEvent(call.answered_after, "answer"))
    for start, end in call.holds:
        events += [CallEvent(start, "hold"), CallEvent(end, "resume")]
    events.append(CallEvent(max(ended, events[-1].t), "hangup", call.hung_up_by, call.cause))
    return tuple(sorted(events, key=lambda event: event.t))
