"""What is wrong with a notice, a round, a register, a prohibition or a target is named with its
place and remedy.
"""

import pytest

from shouwen.standard.checking import check_pack
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import RULE, write_pack

HEAD = RULE.split("[[version]]")[0]
NOTICE = """
before = { on = ["outage.planned"] }
sent = ["outage.announced"]
leads = [{ id = "own", title = { zh = "本", en = "own" }, limit = { value = 1, unit = "days" } }]
contents = [{ id = "period", title = { zh = "时", en = "when" } }]
channels = ["sms"]
"""
ROUND = """
done = ["inspection.done"]
duties = [{ when = { customer_class = ["residential"] }, times = 1 }]
"""
NIGHT = """
action = ["outage.restored"]
ends_on = ["outage.restored"]
windows = [{ opens = "22:00", closes = "06:00", days = ["sun"] }]
"""
REGISTER = """
entries = [{ id = "result", title = { zh = "果", en = "result" }, choices = ["good"], good = ["good"] }]
"""
SAMPLE = """
population = ["case.answered"]
done = ["followup.made"]
limit = { value = 2, unit = "working_days" }
tries = { on = ["followup.attempted"], enough = 1, bands = [{ opens = "08:00", closes = "12:00" }] }
"""
TRAINING = """
topics = [{ id = "law", title = { zh = "法", en = "law" } }]
groups = ["hotline"]
exam_every_months = 12
pass_mark = 80
"""
CLOCK = """
start = { on = ["case.reported"] }
stop = { on = ["case.repaired"] }
limit = { value = 24, unit = "hours" }
target = { measure = "share", at_least = 0.9 }
"""
SLIPS = [
    (
        "notice",
        NOTICE,
        '["outage.planned"]',
        '["outage.plan"]',
        "before.on.0",
        "did you mean outage.planned?",
    ),
    ("notice", NOTICE, "before =", 'after = ["outage.extended"]\nbefore =', "", "write before"),
    ("notice", NOTICE, "leads = [{", "leads = []\nunused = [{", "unused", ""),
    ("notice", NOTICE, '["sms"]', '["sms"]\nchannels_at_least = 2', "channels_at_least", "1 to 1"),
    (
        "notice",
        NOTICE,
        'en = "when" }',
        'en = "when" }, not_by = ["web"]',
        "contents.0.not_by",
        "sms",
    ),
    ("notice", NOTICE, '["sms"]', '["smss"]', "channels.0", "did you mean sms?"),
    ("frequency", ROUND, "times = 1", "times = 0", "duties.0.times", "more than 0"),
    (
        "frequency",
        ROUND,
        "times = 1",
        "times = 1, every_months = 5",
        "duties.0.every_months",
        "rolling",
    ),
    (
        "frequency",
        ROUND,
        "times = 1 }",
        'times = 1 }, { when = { zone = ["rural"] }, times = 2 }',
        "duties.1.when",
        "add a condition",
    ),
    (
        "frequency",
        ROUND,
        "duties =",
        'attempts = ["inspection.done"]\nduties =',
        "attempts",
        "keep it in one place",
    ),
    ("prohibition", NIGHT, '"sun"', '"sunday"', "windows.0.days.0", "did you mean sun?"),
    (
        "prohibition",
        NIGHT,
        'ends_on = ["outage.restored"]',
        "ends_on = []",
        "ends_on",
        "at least one",
    ),
    (
        "register",
        REGISTER,
        'good = ["good"]',
        'good = ["godd"]',
        "entries.0.good",
        "did you mean good?",
    ),
    (
        "register",
        REGISTER,
        "entries =",
        'occurred = ["gift.offered"]\nentries =',
        "report_within",
        "add",
    ),
    ("sampling", SAMPLE, "enough = 1", "enough = 2", "tries.enough", "no more than"),
    ("sampling", SAMPLE, "tries =", "share = 10\ntries =", "share", "between 0 and 1"),
    ("training", TRAINING, "pass_mark = 80", "pass_mark = 800", "pass_mark", "1 to 100"),
    ("clock", CLOCK, "at_least = 0.9", "at_least = 90", "target.at_least", "a share from 0 to 1"),
    ("clock", CLOCK, ", at_least = 0.9", "", "target", "at_least or at_most"),
]


def rule_of(kind, body):
    head = HEAD.replace('kind = "clock"', f'kind = "{kind}"')
    return f"{head}[[version]]\nfrom = 2025-01-01\n{body}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("notice", NOTICE),
        ("frequency", ROUND),
        ("prohibition", NIGHT),
        ("register", REGISTER),
        ("sampling", SAMPLE),
        ("training", TRAINING),
        ("clock", CLOCK),
    ],
)
def test_the_rules_that_the_others_break_are_whole(tmp_path, kind, body):
    check_pack(write_pack(tmp_path, rule=rule_of(kind, body)))


@pytest.mark.parametrize(("kind", "body", "right", "wrong", "place", "remedy"), SLIPS)
def test_one_slip_is_named_with_its_place(tmp_path, kind, body, right, wrong, place, remedy):
    assert right in body

    with pytest.raises(PackFaults) as caught:
        check_pack(write_pack(tmp_path, rule=rule_of(kind, body.replace(right, wrong, 1))))

    path = f"version.0.{place}".rstrip(".")
    assert path in [fault.path for fault in caught.value.faults]
    assert any(remedy in fault.remedy.en for fault in caught.value.faults)


def test_counts_need_a_target_and_known_names(tmp_path):
    example = '\n[[example]]\nsays = "数"\ncounts = { met = 9, mised = 1 }\nexpect = "met"\n'
    without = CLOCK.replace("target =", "# target =")

    with pytest.raises(PackFaults, match="did you mean missed"):
        check_pack(write_pack(tmp_path, rule=rule_of("clock", CLOCK) + example))
    with pytest.raises(PackFaults, match="the rule has no target"):
        check_pack(
            write_pack(
                tmp_path, rule=rule_of("clock", without) + example.replace("mised", "missed")
            )
        )
