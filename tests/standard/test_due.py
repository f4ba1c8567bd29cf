"""`standard due` for every rule that events decide, and what it says to input it cannot use."""

import pytest

from shouwen.standard.due_command import BadInput, DueInput, due_answer
from shouwen.standard.evaluators import judges_matters
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

PACK = load_pack(default_pack_path())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{i}")
    for rule in PACK.rules.values()
    for i, example in enumerate(rule.examples)
    if example.events and judges_matters(rule)
]


def written(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def typed(row):
    """An event of an example as somebody would type it."""
    data = row[2] if len(row) > 2 else {}
    fields = (f"{name}={written(value)}" for name, value in data.items())
    return ";".join([f"{row[0]}={row[1].isoformat()}", *fields])


def asked(rule_id, *events, facts=(), pauses=(), **more):
    given = DueInput(events=events, facts=facts, pauses=pauses, **more)
    return due_answer(pack=PACK, rule_id=rule_id, given=given)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_example_of_the_pack_can_be_typed_at_the_terminal(rule, example):
    facts = [f"{name}={written(value)}" for name, value in (example.facts or {}).items()]

    told = asked(
        rule.id,
        *map(typed, example.events),
        facts=facts,
        now=example.now.isoformat() if example.now else "",
    )

    assert told["verdict"] == example.expect
    if example.expect_due is not None:
        assert told["due_at"] == example.expect_due.astimezone(PACK.calendar.zone).isoformat()
    assert told["explanation"]
    assert all(step["zh"] and step["en"] for step in told["explanation"])


DONE = "repair-done-24h"
AT_EIGHT = "case.reported=2026-03-02T08:00"
WRONG = [
    ((DONE,), {}, "give at least one --event"),
    (("repair-done-24",), {}, "did you mean repair-done-24h?"),
    ((DONE, "case.repoted=2026-03-02T08:00"), {}, "did you mean case.reported?"),
    ((DONE, "case.reported"), {}, "write --event NAME=TIME"),
    ((DONE, "case.reported=today"), {}, "not a time, write 2026-03-02T08:00"),
    ((DONE, AT_EIGHT + ";chanel=phone"), {}, "did you mean channel?"),
    ((DONE, AT_EIGHT + ";phone"), {}, "write FIELD=VALUE"),
    ((DONE, AT_EIGHT), {"facts": ["sde=customer"]}, "did you mean side?"),
    ((DONE, AT_EIGHT), {"facts": ["colour=red"]}, "yearly_use"),
    ((DONE, AT_EIGHT), {"facts": ["side=custmer"]}, "did you mean customer?"),
    ((DONE, AT_EIGHT), {"facts": ["pipe_mm=wide"]}, "must be a number"),
    ((DONE, AT_EIGHT), {"pauses": ["no_access"]}, "write --pause REASON=START/END"),
    (
        (DONE, AT_EIGHT),
        {"pauses": ["no_access=2026-03-02T10:00/2026-03-02T09:00"]},
        "ends before it starts",
    ),
    ((DONE, AT_EIGHT), {"pauses": ["no_access=2026-03-02T10:00;why=x"]}, "evidence"),
    ((DONE, AT_EIGHT), {"exceptions": ["storm"]}, "write --exception REASON=TIME"),
    ((DONE, AT_EIGHT), {"exceptions": ["storm=2026-03-02T10:00;by=x"]}, "approver"),
    ((DONE, AT_EIGHT), {"department": "repairs"}, "did you mean repair?"),
    ((DONE, AT_EIGHT), {"now": "soon"}, "not a time"),
    (("opening-line", AT_EIGHT), {}, "is not judged from events"),
]


@pytest.mark.parametrize(("words", "more", "message"), WRONG)
def test_what_cannot_be_used_is_named_in_both_languages(words, more, message):
    with pytest.raises(BadInput) as caught:
        asked(*words, **more)

    assert message in str(caught.value)
    assert any("一" <= letter <= "鿿" for letter in str(caught.value))


def test_an_exception_that_the_rule_does_not_name_changes_nothing():
    told = asked(
        DONE,
        AT_EIGHT,
        facts=["case_kind=repair", "side=customer"],
        exceptions=["storm=2026-03-02T10:00"],
    )

    assert told["verdict"] == "running"


def test_data_is_read_as_number_truth_or_moment():
    promise = "promise.made=2026-03-02T08:00;at=2026-03-02T11:00"

    told = asked("promise-kept", promise)

    assert told["due_at"] == "2026-03-02T11:00:00+08:00"
