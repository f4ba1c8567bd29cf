"""The recorded sample calls, judged, against the labels of people who listened to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from shouwen.core.calls import parse_call
from shouwen.standard.judging import judge_calls
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack

CALLS = Path(__file__).parents[2] / "src" / "shouwen" / "demo" / "calls.jsonl"
PACK = load_pack(default_pack_path())
RECORDS = [json.loads(line) for line in CALLS.read_text("utf-8").splitlines() if line.strip()]
COMPARED = (
    "4.1.6", "4.1.7", "4.1.9", "4.1.10", "4.1.12", "4.1.15", "4.3.2", "4.3.3", "4.4.2", "4.4.3",
    "5.2.3", "5.2.4", "5.2.5", "5.2.6", "5.2.8", "5.2.9", "5.2.10", "5.2.11", "5.2.12",
    "5.3.4", "5.4.1", "5.5.1", "5.6.1", "5.6.2", "5.6.3", "5.6.4",
)  # fmt: skip
ONLY_BROKEN = ("4.6.4", *(f"4.5.{n}" for n in range(1, 16)))
# An apology for a wrong surname, which the rule of surnames judges.
NOT_HEARD = {("S08", "4.1.9")}


def labelled(record, clause):
    """The label's verdict; None where the clause does not apply."""
    verdicts = {label["verdict"] for label in record["labels"] if label["clause"] == clause}
    return next(iter(verdicts), None)


def found(record, clause):
    findings = [f for f in judge_calls(pack=PACK, call=parse_call(record)) if f.clause == clause]
    verdicts = {finding.verdict for finding in findings}
    return "broken" if "broken" in verdicts else next(iter(verdicts), None)


@pytest.mark.parametrize("clause", COMPARED)
def test_every_judged_clause_agrees_with_the_labels_on_every_call(clause):
    differences = {
        record["call_id"]: (labelled(record, clause), found(record, clause))
        for record in RECORDS
        if labelled(record, clause) != found(record, clause)
        and (record["call_id"], clause) not in NOT_HEARD
    }

    assert differences == {}


@pytest.mark.parametrize("clause", ONLY_BROKEN)
def test_what_must_never_be_said_is_found_where_the_labels_have_it_and_nowhere_else(clause):
    broken = {r["call_id"] for r in RECORDS if found(r, clause) == "broken"}

    assert broken == {r["call_id"] for r in RECORDS if labelled(r, clause) == "broken"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["call_id"])
def test_the_side_that_hung_up_and_the_parts_of_the_closing_are_exact(record):
    call = parse_call(record)
    label: dict[str, Any] = next((x for x in record["labels"] if x["clause"] == "5.2.12"), {})

    finding = next((f for f in judge_calls(pack=PACK, call=call) if f.clause == "5.2.12"), None)

    assert call.hung_up_by == record["events"][-1]["by"]
    assert list(finding.parts if finding else ()) == label.get("parts", [])


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["call_id"])
def test_labels_are_never_read(record):
    without = {key: value for key, value in record.items() if key != "labels"}

    assert judge_calls(pack=PACK, call=parse_call(without)) == judge_calls(
        pack=PACK, call=parse_call(record)
    )


def test_the_measured_seconds_are_those_of_the_exchange():
    record = next(r for r in RECORDS if r["call_id"] == "S20")

    findings = {f.clause: f for f in judge_calls(pack=PACK, call=parse_call(record))}

    assert findings["5.2.8"].measured == pytest.approx(212.7)
    assert findings["5.2.3"].measured == pytest.approx(6.3)
