"""Two editions compared, in sentences."""

import pytest

from shouwen.standard.differing import chapter_of, differences
from shouwen.standard.pack import load_pack
from tests.standard.small_pack import CONTENTS, PACK, RULE, write_pack

LATER = """
[[version]]
from = 2027-01-01
when = { case_kind = ["repair"] }
start = { on = ["case.reported"] }
stop = { on = ["case.repaired"] }
limit = { value = 24, unit = "hours" }
"""


def compared(tmp_path, *, old=None, new=None):
    """The changes from one small pack to another, as (nature, Chinese, English)."""
    packs = [
        load_pack(write_pack(tmp_path / name, **said))
        for name, said in (("old", old or {}), ("new", new or {}))
    ]
    return [
        (change.nature, [said.zh for said in change.sentences], [s.en for s in change.sentences])
        for chapter in differences(old=packs[0], new=packs[1])
        for change in chapter.changes
    ]


def later(tmp_path, *pairs):
    """What a later version says that differs by these replacements."""
    text = LATER
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    [(nature, zh, en)] = compared(tmp_path, new={"rule": RULE + text})
    assert nature == "changed"
    return zh, en


def test_two_equal_packs_differ_in_nothing(tmp_path):
    assert compared(tmp_path) == []


@pytest.mark.parametrize(
    ("pair", "zh", "en"),
    [
        (
            ('value = 24, unit = "hours"', 'value = 1, unit = "working_days"'),
            "期限：24 小时 → 1 个工作日",
            "limit: 24 h → 1 working day",
        ),
        (
            ('start = { on = ["case.reported"] }', 'start = { on = ["case.deferred"] }'),
            "起算，",
            "starts on, ",
        ),
        (
            ('case_kind = ["repair"]', 'case_kind = ["repair", "alarm"]'),
            "适用条件，工单类别：增加报警",
            "conditions, kind of case: added alarm",
        ),
        (
            ('unit = "hours" }', 'unit = "hours" }\npauses = [{ reason = "awaiting_customer" }]'),
            "可以暂停：增加等待客户",
            "pauses: added waiting for the customer",
        ),
        (
            ('unit = "hours" }', 'unit = "hours" }\nwarn_at = 0.5'),
            "提醒点：80% → 50%",
            "warning point: 80% → 50%",
        ),
        (
            ('unit = "hours" }', 'unit = "hours" }\non_change = "rejudge_open"'),
            "对已开始的时钟：按开始时的版本 → 没办完的按新版本",
            "for clocks already begun: ",
        ),
    ],
)
def test_what_a_later_version_says_is_told_with_its_first_day(tmp_path, pair, zh, en):
    told_zh, told_en = later(tmp_path, pair)

    assert any(said.startswith(f"2027-01-01 起：{zh}") for said in told_zh), told_zh
    assert any(said.startswith(f"From 2027-01-01: {en}") for said in told_en), told_en


def test_a_version_that_says_the_same_is_told_as_such(tmp_path):
    assert later(tmp_path)[0] == ["2027-01-01 起有新版本，内容与前一版相同"]


def test_a_withdrawal_is_told_as_one(tmp_path):
    text = LATER.replace("when =", "withdrawn = true\nwhen =")

    assert compared(tmp_path, new={"rule": RULE + text}) == [
        ("withdrawn", ["2027-01-01 起废止"], ["Withdrawn from 2027-01-01"])
    ]


def test_an_edited_version_is_told_as_one(tmp_path):
    [(_, zh, _)] = compared(tmp_path, new={"rule": RULE.replace("value = 24", "value = 12")})

    assert zh == ["2025-01-01 的版本被改动：期限：24 小时 → 12 小时"]


def test_a_new_rule_says_what_it_holds(tmp_path):
    second = RULE.replace('id = "repaired-24h"', 'id = "second"').replace(
        'clause = "1"', 'clause = "2"'
    )
    contents = CONTENTS + '\n[[passage]]\nclause = "2"\nsection = "二"\nrules = ["second"]\n'

    found = compared(tmp_path, new={"rules": {"second": second}, "contents": contents})

    [(nature, zh, en)] = [each for each in found if each[0] == "new"]
    assert nature == "new"
    assert zh[0] == "新增规则，2025-01-01 起"
    assert "期限：24 小时" in zh
    assert "limit: 24 h" in en


def test_a_gap_that_is_closed_and_a_rule_that_goes_are_told(tmp_path):
    gap = (
        '\n[[passage]]\nclause = "2"\nsection = "二"\ngap = { zh = "没有数", en = "no number" }\n'
    )
    filled = '\n[[passage]]\nclause = "2"\nsection = "二"\nrules = ["second"]\n'
    second = RULE.replace('"repaired-24h"', '"second"').replace('clause = "1"', 'clause = "2"')
    old = {"contents": CONTENTS + gap}
    new = {"contents": CONTENTS + filled, "rules": {"second": second}}

    there = [zh for _, said, _ in compared(tmp_path / "a", old=old, new=new) for zh in said]
    back = compared(tmp_path / "b", old=new, new=old)

    assert "不再是缺口（原因曾为：没有数）" in there
    assert ("gone", ["规则没有了"], ["The rule is gone"]) in back
    assert any("成为缺口：没有数" in zh for _, zh, _ in back)


def test_examples_added_and_removed_are_named(tmp_path):
    [(_, zh, _)] = compared(tmp_path, new={"rule": RULE.replace("正好 24 小时", "整整一天")})

    assert zh == ["增加例子：整整一天", "去掉例子：正好 24 小时"]


def test_hours_names_and_reasons_of_the_organisation_are_told(tmp_path):
    pack = PACK.replace(
        'fri = [["08:30", "12:00"], ["13:30", "17:30"]]', 'fri = [["08:30", "12:00"]]'
    ).replace("清泉供水公司", "临溪供水公司")
    pack += 'no_access = { zh = "到访不遇", en = "nobody at home" }\n'

    [(_, zh, en)] = compared(tmp_path, new={"pack": pack})

    assert "上班时间，周五：去掉13:30–17:30" in zh
    assert "short name: “清泉供水公司” → “临溪供水公司”" in en
    assert "暂停原因：增加到访不遇" in zh


@pytest.mark.parametrize(
    ("clause", "chapter"), [("5.3.4", "5.3"), ("3.1.1-6", "3.1"), ("7", "7"), ("", "")]
)
def test_a_clause_belongs_to_the_chapter_of_its_first_two_numbers(clause, chapter):
    assert chapter_of(clause) == chapter
