"""A wrong pack names every fault at once: file, path, what is wrong, what to write instead."""

import pytest

from shouwen.standard.checking import check_pack
from shouwen.standard.faults import PackFaults
from tests.standard.small_pack import CONTENTS, PACK, RULE, write_pack

FILE = "repairs/repaired-24h.toml"


def faults_of(path):
    with pytest.raises(PackFaults) as caught:
        check_pack(path)
    return caught.value.faults


def test_the_pack_that_the_others_break_is_whole(tmp_path):
    pack = check_pack(write_pack(tmp_path))

    assert list(pack.rules) == ["repaired-24h"]
    assert pack.by_clause["1"][0].title.en == "Repaired in 24 hours"


ONE_FAULT = [
    ("limit = {", "limitt = {", "version.0.limitt", "did you mean limit?"),
    ('unit = "hours"', 'unit = "hour"', "version.0.limit.unit", "did you mean hours?"),
    (
        '"case.repaired"] }',
        '"case.repared"] }',
        "version.0.stop.on.0",
        "did you mean case.repaired?",
    ),
    ("case_kind = [", "case_kin = [", "version.0.when.case_kin", "did you mean case_kind?"),
    ('["repair"]', '["repairs"]', "version.0.when.case_kind", "did you mean repair?"),
    ('["repair"]', "{ at_least = 3 }", "version.0.when.case_kind", "list some of"),
    ("value = 24", "value = 0", "version.0.limit.value", "make it more than 0"),
    ('kind = "clock"', 'kind = "clok"', "kind", "did you mean clock?"),
    ('stage = "in_sale"', "", "stage", "add stage = …"),
    ('clause = "1"', 'clause = "2"', "clause", "known here: 1"),
    ('expect = "met"', 'expect = "mett"', "example.0.expect", "did you mean met?"),
    (
        "from = 2025-01-01",
        "from = 2025-01-01\nwarn_at = 1.5",
        "version.0.warn_at",
        "make it between 0 and 1",
    ),
    ("from = 2025-01-01", 'from = "soon"', "version.0.from", "write a date such as 2025-01-01"),
    (
        "from = 2025-01-01",
        'from = 2025-01-01\nreading = { day_of_receipt = "included" }',
        "version.0.reading",
        "remove it, or make the unit working_days",
    ),
    (
        "from = 2025-01-01",
        'from = 2025-01-01\npauses = [{ reason = "awaiting_costumer" }]',
        "version.0.pauses.0.reason",
        "did you mean awaiting_customer?",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "path", "remedy"), ONE_FAULT)
def test_one_slip_is_one_fault_with_its_place_and_remedy(tmp_path, right, wrong, path, remedy):
    faults = faults_of(write_pack(tmp_path, rule=RULE.replace(right, wrong, 1)))

    fault = next(fault for fault in faults if fault.path == path)
    assert fault.file == FILE
    assert remedy in fault.remedy.en
    assert fault.problem.zh
    assert fault.remedy.zh


def test_faults_of_all_files_come_together(tmp_path):
    rule = RULE.replace("limit = {", "limitt = {").replace("from =", "fom =")

    faults = faults_of(write_pack(tmp_path, rule=rule, pack=PACK.replace("hotline", "hot_line")))

    places = {(fault.file, fault.path) for fault in faults}
    assert {
        ("pack.toml", "organisation.hot_line"),
        ("pack.toml", "organisation.hotline"),
        (FILE, "version.0.limitt"),
        (FILE, "version.0.fom"),
        (FILE, "version.0.from"),
    } <= places


def test_a_key_written_twice_is_refused(tmp_path):
    (fault, *_) = faults_of(
        write_pack(tmp_path, rule=RULE.replace("from =", "from = 2024-01-01\nfrom =", 1))
    )

    assert fault.file == FILE
    assert "twice" in fault.problem.en


def test_a_day_that_does_not_exist_is_refused(tmp_path):
    (fault, *_) = faults_of(write_pack(tmp_path, rule=RULE.replace("2025-01-01", "2025-02-30")))

    assert fault.file == FILE


@pytest.mark.parametrize("second", ["2025-01-01", "2024-06-01"])
def test_versions_must_follow_each_other(tmp_path, second):
    head, version, example = RULE.partition("[[version]]")
    body, rest = example.split("[[example]]")
    later = body.replace("2025-01-01", second)
    rule = head + version + body + "[[version]]" + later + "[[example]]" + rest

    (fault,) = faults_of(write_pack(tmp_path, rule=rule))

    assert fault.path == "version.1.from"


def test_an_example_that_comes_out_otherwise_is_a_fault(tmp_path):
    rule = RULE.replace("2026-03-03T08:00:00", "2026-03-03T08:00:01")

    (fault,) = faults_of(write_pack(tmp_path, rule=rule))

    assert (fault.path, fault.problem.en) == ("example.0.expect", "expected met, found missed")


def test_what_an_example_expects_to_have_failed_is_compared(tmp_path):
    rule = RULE.replace('expect = "met"', 'expect = "met"\nexpect_failed = ["contents.reason"]')

    (fault,) = faults_of(write_pack(tmp_path, rule=rule))

    assert fault.path == "example.0.expect_failed"
    assert fault.problem.en == "expected contents.reason, found -"


def test_event_data_of_an_example_must_be_data_that_the_event_carries(tmp_path):
    rule = RULE.replace("T08:00:00+08:00],\n]", 'T08:00:00+08:00, { partz = "none" }],\n]')

    (fault,) = faults_of(write_pack(tmp_path, rule=rule))

    assert fault.path == "example.0.events.1.partz"


def test_an_example_whose_time_has_no_offset_is_a_fault(tmp_path):
    (fault,) = faults_of(
        write_pack(tmp_path, rule=RULE.replace("T08:00:00+08:00", "T08:00:00", 1))
    )

    assert fault.path == "example.0.events.0"


def _second(rule_id, when):
    return (
        RULE.replace("repaired-24h", rule_id)
        .replace('kind = "clock"', 'kind = "clock"\nslot = "repaired"')
        .replace('{ case_kind = ["repair"] }', when)
        .split("[[example]]")[0]
    )


def _competing(one, other):
    names = ("one", "two")
    contents = CONTENTS.replace('["repaired-24h"]', '["repaired-24h", "one", "two"]')
    rules = {name: _second(name, when) for name, when in zip(names, (one, other), strict=True)}
    return {"contents": contents, "rules": rules}


def test_two_equally_specific_rules_of_one_slot_are_refused(tmp_path):
    (fault,) = faults_of(
        write_pack(
            tmp_path,
            **_competing('{ case_kind = ["repair"] }', '{ side = ["customer"] }'),
        )
    )

    assert fault.path == "slot"
    assert "as specific as one" in fault.problem.en


@pytest.mark.parametrize(
    "other",
    ['{ case_kind = ["repair"], side = ["customer"] }', '{ case_kind = ["alarm"] }'],
)
def test_a_more_specific_or_a_disjoint_rule_may_share_a_slot(tmp_path, other):
    check_pack(write_pack(tmp_path, **_competing('{ case_kind = ["repair"] }', other)))


@pytest.mark.parametrize(
    ("rules", "path"),
    [('["repaired-24h", "repaired-48h"]', "passage.0"), ("[]", "passage.0")],
)
def test_the_contents_must_name_rules_that_exist_or_a_gap(tmp_path, rules, path):
    faults = faults_of(write_pack(tmp_path, contents=CONTENTS.replace('["repaired-24h"]', rules)))

    assert (faults[0].file, faults[0].path) == ("contents.toml", path)


def test_a_rule_that_the_contents_do_not_list_is_lost(tmp_path):
    contents = CONTENTS.replace(
        'rules = ["repaired-24h"]', 'gap = { zh = "没有数值", en = "no value" }'
    )

    (fault,) = faults_of(write_pack(tmp_path, contents=contents))

    assert (fault.file, fault.path) == (FILE, "id")


def test_the_file_is_named_as_the_rule(tmp_path):
    faults = faults_of(write_pack(tmp_path, rule=RULE.replace('id = "rep', 'id = "Rep')))

    assert "id" in {fault.path for fault in faults}


PHRASES = """
id = "{id}"
clause = "1"
kind = "phrase"
title = {{ zh = "t", en = "t" }}
wording = {{ zh = "w", en = "w" }}
stage = "any"
[source]
document = "d"
section = "s"
[[version]]
from = 2025-01-01
mode = "{mode}"
situation = {{ zh = "s", en = "s" }}
says = ["请稍等"]
never = {never}
"""


def test_a_phrase_both_wanted_and_forbidden_is_refused(tmp_path):
    contents = CONTENTS.replace('["repaired-24h"]', '["repaired-24h", "wanted", "forbidden"]')
    wanted = PHRASES.format(id="wanted", mode="required", never='["请稍等"]')
    forbidden = PHRASES.format(id="forbidden", mode="forbidden", never="[]")

    faults = faults_of(
        write_pack(tmp_path, contents=contents, rules={"wanted": wanted, "forbidden": forbidden})
    )

    assert {(fault.file, fault.path) for fault in faults} == {
        ("repairs/wanted.toml", "version.0.never"),
        ("repairs/forbidden.toml", "version.0.says"),
        ("repairs/forbidden.toml", "version.0.instead"),
    }


SCRIPT = """
id = "opening"
clause = "1"
kind = "script"
title = { zh = "t", en = "t" }
wording = { zh = "w", en = "w" }
stage = "any"
[source]
document = "d"
section = "s"
[[version]]
from = 2025-01-01
says = ["您好"]
exempt = ["line_lots"]
[[version.parts]]
id = "greeting"
title = { zh = "问候", en = "greeting" }
any_of = ["您好{campany}"]
none_of = ["您好{campany}"]
spoken = "name"
"""


def test_unknown_signals_slots_and_double_parts_are_refused(tmp_path):
    contents = CONTENTS.replace('["repaired-24h"]', '["repaired-24h", "opening"]')

    faults = faults_of(write_pack(tmp_path, contents=contents, rules={"opening": SCRIPT}))

    told = {(fault.path, fault.remedy.en) for fault in faults}
    assert ("version.0.exempt.0", "did you mean line_lost?") in told
    assert ("version.0.parts.0", "did you mean company?") in told
    assert ("version.0.parts.0", "keep one of them") in told
    assert ("version.0.parts.0.none_of", "keep it in one place") in told


def test_a_missing_directory_is_a_fault_not_a_crash(tmp_path):
    faults = faults_of(tmp_path / "nowhere")

    assert {fault.file for fault in faults} >= {"pack.toml", "contents.toml"}


def test_a_missing_calendar_is_a_fault(tmp_path):
    faults = faults_of(
        write_pack(tmp_path, pack=PACK.replace('calendar = "cn"', 'calendar = "mars"'))
    )

    assert any(fault.file.endswith("mars.toml") for fault in faults)


def test_a_file_with_unreadable_parts_still_tells_what_is_wrong_with_the_rest(tmp_path):
    rule = (
        RULE.replace("limit = {", 'colour = "red"\nlimit = {')
        .replace('unit = "hours"', 'unit = "hour"')
        .replace('stage = "in_sale"', 'stage = "later"')
        .replace('"case.repaired"] }', '"case.repared"] }')
        .replace('["repair"] }', '["repairs"] }')
        .replace("from = 2025-01-01", 'from = "soon"\nwarn_at = 7')
    )

    faults = faults_of(write_pack(tmp_path, rule=rule))

    assert {fault.path for fault in faults} == {
        "stage",
        "version.0.from",
        "version.0.colour",
        "version.0.limit.unit",
        "version.0.stop.on.0",
        "version.0.when.case_kind",
        "version.0.warn_at",
    }
