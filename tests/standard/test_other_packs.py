"""The standards of two other utilities, written as data only, say and judge all that they promise."""

import json
import shutil
from pathlib import Path

import pytest

from shouwen.core.calls import parse_call
from shouwen.core.clause import Band
from shouwen.core.kinds.call_measure import CallMeasureVersion
from shouwen.core.kinds.clock import ClockVersion
from shouwen.core.kinds.frequency import FrequencyVersion
from shouwen.core.kinds.notice import NoticeVersion
from shouwen.core.kinds.prohibition import ProhibitionVersion
from shouwen.standard.checking import check_pack
from shouwen.standard.coverage import coverage, how_many_judged
from shouwen.standard.due_command import DueInput, due_answer
from shouwen.standard.faults import PackFaults
from shouwen.standard.judging import judge_calls
from shouwen.standard.settings import load_ladder
from shouwen.standard.target_answer import target_answer
from shouwen.standard.taxonomy import load_taxonomy
from shouwen.standard.vocabulary import vocabulary_of

DATA = Path(__file__).parents[1] / "data"
PATHS = {name: DATA / "packs" / name for name in ("clearwater", "northgas")}
PACKS = {name: check_pack(path) for name, path in PATHS.items()}
WATER, GAS = PACKS["clearwater"], PACKS["northgas"]
LADDER = load_ladder(PATHS["northgas"], departments=GAS.departments)
CALLS = [
    json.loads(line)
    for line in (DATA / "calls" / "clearwater.jsonl").read_text("utf-8").splitlines()
]
SHOWN_BY_ONE = {"value", "guidance"}


# --- both packs are whole


@pytest.mark.parametrize("name", PATHS)
def test_every_rule_has_an_example_kept_and_one_broken_where_it_can_be(name):
    for rule in PACKS[name].rules.values():
        if rule.kind in SHOWN_BY_ONE or getattr(rule.versions[-1], "gap", None):
            assert rule.examples, rule.id
            continue
        verdicts = {example.expect for example in rule.examples}
        assert len(rule.examples) > 1, rule.id
        assert verdicts & {"missed", "broken"}, rule.id


@pytest.mark.parametrize("name", PATHS)
def test_every_version_is_published_and_every_leaf_of_the_taxonomy_fits(name):
    pack = PACKS[name]

    assert {rule: dict(days) for rule, days in pack.published.items()} == pack.digests
    assert load_taxonomy(
        PATHS[name],
        departments=pack.departments,
        clauses={passage.clause for passage in pack.passages},
    )
    assert load_ladder(PATHS[name], departments=pack.departments).rung


def test_the_water_utility_uses_every_kind_of_rule():
    assert {rule.kind for rule in WATER.rules.values()} == {
        entry["name"] for entry in vocabulary_of(WATER)["kinds"]
    }


@pytest.mark.parametrize("name", PATHS)
def test_what_a_rule_leaves_open_is_a_gap_of_its_passage(name):
    gaps = [row for row in coverage(PACKS[name]) if row.gap]

    assert [row.rules for row in gaps] == [("letters",)]
    assert not any(row.judged for row in gaps)


def test_everything_but_its_gap_is_judged():
    assert [how_many_judged(pack) for pack in (WATER, GAS)] == [29, 27]


# --- every construct is used, and answers `standard due`


def clocks():
    return [v for v in versions() if isinstance(v, ClockVersion)]


def versions():
    return [version for rule in GAS.rules.values() for version in rule.versions]


def of(kind):
    return [version for version in versions() if isinstance(version, kind)]


def units():
    return {v.limit.unit for v in clocks() if v.limit}


def chained(event):
    return [v for v in clocks() if v.start.on == (event,) and v.start.rule in GAS.rules]


def conditions():
    return {name: each for version in versions() for name, each in version.when.items()}


def calendars():
    """The named calendars that rules name: night windows, several windows a day, own days."""
    return [GAS.named_calendars[v.calendar] for v in clocks() if v.calendar]


def nights(calendar):
    return any(closes <= opens for spans in calendar.hours.values() for opens, closes in spans)


USED = {
    1: lambda: (
        units() >= {"minutes", "hours", "days", "working_hours", "working_days"}
        and any(v.limit and v.limit.value == 0.5 for v in clocks())
    ),
    2: lambda: any(v.before and v.leads for v in of(NoticeVersion)),
    3: lambda: any(v.start.from_day for v in clocks()),
    4: lambda: any(len(v.start.all_of) > 1 for v in clocks()),
    5: lambda: len(chained("clock.met")) > 1,
    6: lambda: any(v.due_by and v.due_by.boundary == "row_before" for v in clocks()),
    7: lambda: any(v.end_of_day for v in clocks()),
    8: lambda: any(v.window and v.window.early for v in clocks()),
    9: lambda: any(v.soft and v.limit for v in clocks()),
    10: lambda: any(v.warn_after and v.limit for v in clocks()),
    11: lambda: (
        conditions().keys() >= {"zone", "pressure", "homes_affected"}
        and any(isinstance(each, Band) for each in conditions().values())
    ),
    12: lambda: any(p.evidence and p.longest and p.altogether for v in clocks() for p in v.pauses),
    13: lambda: (
        {e.granted for v in versions() for e in v.exceptions} == {"any_time", "before_due"}
    ),
    14: lambda: any(v.agreed and v.agreed.within for v in clocks()),
    15: lambda: any(v.limit_from and v.limit_from.otherwise for v in clocks()),
    16: lambda: any(len(v.duties) > 1 and v.attempts for v in of(FrequencyVersion)),
    17: lambda: chained("clock.missed"),
    18: lambda: (
        any(v.rings for v in of(CallMeasureVersion))
        and any(v.kept_up_to for v in of(CallMeasureVersion))
    ),
    19: lambda: (
        {v.target.measure for v in versions() if v.target} == {"share", "average", "count"}
    ),
    20: lambda: any(v.proof and v.channels_at_least and v.contents for v in of(NoticeVersion)),
    21: lambda: any(v.windows for v in of(ProhibitionVersion)),
    22: lambda: (
        len({v.calendar for v in clocks()} - {""}) > 2
        and any(nights(each) for each in calendars())
        and any(len(spans) > 2 for each in calendars() for spans in each.hours.values())
        and any(year.makeup for year in GAS.calendar.years.values())
    ),
    23: lambda: any(v.unless and not v.windows for v in of(ProhibitionVersion)),
    24: lambda: any(v.gap for v in clocks()),
    25: lambda: {v.choose for v in clocks()} >= {"earliest", "latest"},
    26: lambda: any(rung.when and rung.departments for rung in LADDER.rung),
}


@pytest.mark.parametrize("construct", range(1, 27))
def test_the_gas_company_uses_every_construct(construct):
    assert USED[construct]()


def asked(rule, *events, **more):
    """The answer of `shouwen standard due`."""
    given = DueInput(
        events=events,
        facts=more.get("facts", ()),
        pauses=more.get("pauses", ()),
        exceptions=more.get("exceptions", ()),
        department=more.get("department", ""),
        now=more.get("now", ""),
    )
    return due_answer(pack=GAS, rule_id=rule, given=given, ladder=LADDER)


ALARM, HOME, NEW = "case_kind=alarm", "case_kind=repair", "case_kind=new_connection"
COMPLAINT, NETWORK = "case_kind=complaint", "case_kind=network_fault"
SURVEY = ("case.recorded=2026-03-02T09:00", "case.dispatched=2026-03-04T09:00")
PLANNED = "outage.planned=2026-03-02T09:00/2026-03-12T08:00"
TOLD = "outage.announced=2026-03-09T10:00;channel=sms;contents=period,area;proof=17"
AWAY = "customer_away=2026-03-02T12:00/2026-03-05T12:00;evidence=N-9"
STORM = "blizzard=2026-03-02T09:00;approver=2001;evidence=W-11"
SET = "case.deadline_set=2026-03-02T08:05;at=2026-03-03T15:00"
BUSINESS = (
    "premises.attribute_set=2026-02-20T09:00;name=customer_class;value=commercial;since=2026-01-01"
)
REGISTERED = "premises.registered=2021-05-06T09:00"

# construct: rule, events, more, verdict, due time (local)
DUE = [
    (1, "meter-exchanged", ["case.reported=2026-02-27T10:00"], {"facts": ["case_kind=home_service"]}, "running", "2026-03-02T18:00"),
    (1, "answers-reviewed", ["case.deferred=2026-03-02T15:00"], {"facts": ["case_kind=consultation"]}, "running", "2026-03-03T12:00"),
    (1, "main-restored-small", ["case.reported=2026-03-02T08:00"], {"facts": [NETWORK, "homes_affected=30"]}, "running", "2026-03-02T20:00"),
    (2, "maintenance-told-ahead", [PLANNED], {}, "running", "2026-03-10T08:00"),
    (2, "maintenance-told-ahead", [PLANNED], {"facts": ["customer_class=industrial"]}, "running", "2026-03-09T18:00"),
    (3, "road-repaved", ["case.cleared=2026-03-02T15:20"], {"facts": ["roadworks=true"]}, "running", "2026-03-10T00:00"),
    (4, "surveyed", SURVEY, {"facts": [NEW]}, "running", "2026-03-06T17:00"),
    (4, "surveyed", SURVEY[:1], {"facts": [NEW]}, "not_applicable", None),
    (5, "gas-on", [*SURVEY, "case.arrived=2026-03-05T10:00", "case.answered=2026-03-10T18:00"], {"facts": [NEW]}, "running", "2026-03-21T11:00"),
    (6, "fault-by-the-hour", ["case.reported=2026-03-02T19:00"], {"facts": [HOME]}, "running", "2026-03-02T22:00"),
    (6, "fault-by-the-hour", ["case.reported=2026-03-02T19:00:01"], {"facts": [HOME]}, "running", "2026-03-03T12:00"),
    (7, "alarm-told-the-same-day", ["case.cleared=2026-03-02T22:30"], {"facts": [ALARM]}, "running", "2026-03-03T00:00"),
    (8, "visit-in-the-window", ["visit.appointed=2026-03-02T10:00;from=2026-03-05T09:00;until=2026-03-05T11:00", "visit.arrived=2026-03-05T08:49:59"], {}, "missed", "2026-03-05T11:05"),
    (9, "investigated-soft-and-hard", ["case.investigation_started=2026-03-02T09:00"], {"facts": [COMPLAINT], "now": "2026-03-06T09:00"}, "running", "2026-03-11T18:00"),
    (10, "bill-disputed", ["case.investigation_started=2026-03-02T09:00"], {"facts": ["case_kind=consultation", "meter_kind=remote"]}, "running", "2026-03-23T18:00"),
    (11, "main-restored-large", ["case.reported=2026-03-02T08:00"], {"facts": [NETWORK, "homes_affected=1000", "pressure=high"]}, "running", "2026-03-03T08:00"),
    (11, "main-restored-large", ["case.reported=2026-03-02T08:00"], {"facts": [NETWORK, "homes_affected=999", "pressure=high"]}, "not_applicable", None),
    (12, "repaired-in-a-day", ["case.reported=2026-03-02T08:00"], {"facts": [HOME], "pauses": [AWAY]}, "missed", "2026-03-05T08:00"),
    (13, "crew-on-site-urban", ["case.reported=2026-03-02T08:00"], {"facts": [ALARM, "zone=urban"], "exceptions": [STORM]}, "excepted", "2026-03-02T08:30"),
    (14, "repaired-in-a-day", ["case.reported=2026-03-02T08:00", "case.agreed_time=2026-03-02T09:00;at=2026-03-06T10:00"], {"facts": [HOME]}, "running", "2026-03-06T10:00"),
    (14, "repaired-in-a-day", ["case.reported=2026-03-02T08:00", "case.agreed_time=2026-03-02T09:00;at=2026-03-09T10:00"], {"facts": [HOME]}, "running", "2026-03-03T08:00"),
    (15, "restored-as-announced", ["outage.planned=2026-03-02T09:00;hours=40", "outage.started=2026-03-12T08:00"], {"facts": ["planned=true"]}, "running", "2026-03-13T20:00"),
    (16, "inspected", [REGISTERED, "inspection.done=2025-06-10T10:00"], {"facts": ["customer_class=residential"], "now": "2026-03-02T09:00"}, "running", "2027-06-11T00:00"),
    (16, "inspected", [REGISTERED, "inspection.done=2025-06-10T10:00", BUSINESS], {"facts": ["customer_class=residential"], "now": "2026-03-02T09:00"}, "running", "2027-01-01T00:00"),
    (17, "late-crew-explained", ["case.reported=2026-03-02T02:10", "case.arrived=2026-03-02T03:00"], {"facts": [ALARM, "zone=urban"]}, "running", "2026-03-03T02:40"),
    (20, "maintenance-told-ahead", [PLANNED, TOLD], {"now": "2026-03-11T09:00"}, "missed", "2026-03-10T08:00"),
    (21, "no-restoration-at-night", ["outage.started=2026-03-03T20:00", "outage.restored=2026-03-04T05:59:59"], {}, "missed", None),
    (21, "no-restoration-at-night", ["outage.started=2026-03-03T20:00", "outage.restored=2026-03-04T06:00"], {}, "met", None),
    (22, "night-report", ["case.accepted=2026-03-12T07:00"], {"facts": [ALARM]}, "running", "2026-03-13T23:00"),
    (22, "hall-request", ["case.reported=2026-09-30T10:00"], {"facts": ["channel=hall"]}, "running", "2026-10-03T16:00"),
    (23, "no-disconnection-unapproved", ["case.reported=2026-03-02T09:00", "outage.started=2026-03-04T10:00"], {}, "missed", None),
    (24, "letters", ["case.reported=2026-03-02T09:00"], {"facts": ["channel=paper"]}, "gap", None),
    (25, "answered-earliest", ["case.reported=2026-03-02T08:00", SET], {"facts": [COMPLAINT]}, "running", "2026-03-03T15:00"),
    (25, "answered-earliest", ["case.reported=2026-03-02T08:00"], {"facts": [COMPLAINT]}, "running", "2026-03-05T08:00"),
    (25, "settled-latest", ["case.reported=2026-03-02T10:00"], {"facts": [COMPLAINT, "repeated=true"]}, "running", "2026-03-18T18:00"),
]  # fmt: skip


@pytest.mark.parametrize(("construct", "rule", "events", "more", "verdict", "due"), DUE)
def test_every_construct_answers_standard_due(construct, rule, events, more, verdict, due):
    answer = asked(rule, *events, **more)

    assert answer["verdict"] == verdict
    assert answer["due_at"] == (due and f"{due}:00+08:00")
    assert all(step["zh"] and step["en"] for step in answer["explanation"])


COUNTED = [
    (18, "answered-by-the-second-ring", ["met=94", "missed=6"], "missed"),
    (18, "answered-in-15-seconds", ["met=85", "missed=15"], "met"),
    (19, "answers-reviewed", ["sum=449", "number=5"], "missed"),
    (19, "answers-reviewed", ["sum=450", "number=5"], "met"),
    (19, "answers-reviewed", ["sum=100", "number=1"], "too_few"),
    (19, "main-restored-small", ["met=50", "missed=3"], "met"),
    (19, "main-restored-small", ["met=50", "missed=4"], "missed"),
]


@pytest.mark.parametrize(("construct", "rule", "counts", "verdict"), COUNTED)
def test_every_target_answers_standard_due(construct, rule, counts, verdict):
    assert target_answer(pack=GAS, rule_id=rule, typed=counts, now="")["verdict"] == verdict


def test_the_ladder_climbs_by_role_time_and_department():
    facts = [ALARM, "zone=urban"]

    answer = asked(
        "crew-on-site-urban", "case.reported=2026-03-02T08:00", facts=facts, department="rescue"
    )

    rungs = [(rung["rung"], rung["at"][:16], rung["tell"]) for rung in answer["escalation"]]
    assert rungs == [
        ("owner-hour", "2026-03-02T07:30", ["owner"]),
        ("leader-late", "2026-03-02T08:30", ["owner", "dispatcher"]),
        ("rescue-manager", "2026-03-02T08:45", ["station_manager"]),
        ("company", "2026-03-04T08:30", ["company_manager"]),
    ]


def test_no_construct_is_left_without_an_answer():
    assert {row[0] for row in [*DUE, *COUNTED]} | {26} == set(range(1, 27))


# --- calls of a water utility


@pytest.mark.parametrize("record", CALLS, ids=lambda record: record["call_id"])
def test_calls_of_the_water_utility_are_judged_by_its_own_words(record):
    wanted = {label["clause"]: label["verdict"] for label in record["labels"]}

    findings = judge_calls(pack=WATER, call=parse_call(record))

    assert {finding.clause: finding.verdict for finding in findings} == wanted


# --- wrong edits


WRONG = [
    ("clearwater", "water/meter-exchanged.toml", 'unit = "working_days" }\nwarn', 'unit = "workdays" }\nwarn', "version.0.limit.unit"),
    ("clearwater", "water/pressure-answered.toml", 'rule = "pressure-measured"', 'rule = "pressure-taken"', "version.0.start"),
    ("clearwater", "leaks/seep-repaired.toml", 'calendar = "depot"', 'calendar = "depots"', "version.0.calendar"),
    ("clearwater", "leaks/burst-large-repaired.toml", "at_least = 300", "at_least = 200", "version"),
    ("clearwater", "leaks/crew-at-a-burst.toml", 'reason = "flood"', 'reason = "rain"', "version.0.exceptions.0.reason"),
    ("clearwater", "line/stop-valve-first.toml", '"burst_seen"', '"burst_heard"', "version.0.applies_if"),
    ("northgas", "home/fault-by-the-hour.toml", 'from = "19:00"', 'from = "20:00"', "due_by"),
    ("northgas", "complaints/answered-earliest.toml", 'choose = "earliest"', "", "version.0.choose"),
    ("northgas", "supply/road-repaved.toml", '"road_permit"', '"rain"', "version.0.pauses.0.reason"),
    ("northgas", "supply/no-restoration-at-night.toml", '"fri"', '"friday"', "version.0.windows.1.days"),
    ("northgas", "connections/surveyed.toml", '"case.dispatched"]', '"case.sent"]', "version.0.start.all_of"),
    ("northgas", "pack.toml", 'alarm_department = "rescue"', 'alarm_department = "rescues"', "organisation.alarm_department"),
    ("northgas", "rescue/crew-on-site-urban.toml", "value = 30", "value = 31", ""),
]  # fmt: skip


def faults_of(tmp_path, name, file, right, wrong):
    """Where the pack is refused once one of its files has been edited."""
    shutil.copytree(DATA / "packs", tmp_path / "packs")
    path = tmp_path / "packs" / name / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    with pytest.raises(PackFaults) as refused:
        check_pack(tmp_path / "packs" / name)
    return [f"{fault.file}: {fault.path}" for fault in refused.value.faults]


@pytest.mark.parametrize(("name", "file", "right", "wrong", "place"), WRONG)
def test_a_wrong_edit_is_refused_with_its_place(tmp_path, name, file, right, wrong, place):
    told = faults_of(tmp_path, name, file, right, wrong)

    assert any(each.startswith(file) and place in each for each in told), told


def test_bands_that_overlap_are_refused_because_two_rules_would_be_equally_specific(tmp_path):
    file = "leaks/burst-large-repaired.toml"

    told = faults_of(tmp_path, "clearwater", file, "at_least = 300", "at_least = 200")

    assert "leaks/burst-small-repaired.toml: slot" in told
