"""`shouwen calls review`, and how well written calls are heard."""

import json
from collections import Counter

import pytest
from typer.testing import CliRunner

from shouwen.cli import app
from shouwen.core.calls import parse_call
from shouwen.standard.call_review import as_json, review
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import load_pack
from tests import written

PACK = load_pack(default_pack_path())


def broken(call):
    """Each broken clause of a call as often as it was found."""
    reviewed = review(pack=PACK, call=parse_call(call))
    return Counter(
        row["clause"] for row in as_json(reviewed)["findings"] if row["verdict"] == "broken"
    )


def is_forbidden(clause):
    return clause == "4.4.2" or clause.startswith("4.5.")


def forbidden(call):
    return {clause for clause in broken(call) if is_forbidden(clause)}


def scores(pairs):
    """Precision and recall of pairs of what was found and what was wanted."""
    right = found = wanted = 0
    for one, other in pairs:
        right += sum((one & other).values())
        found += sum(one.values())
        wanted += sum(other.values())
    return right / max(1, found), right / max(1, wanted)


def of_lines(*names):
    return [
        (Counter(forbidden(written.around(before, line))), Counter([clause] if clause else []))
        for name in names
        for clause, before, line in written.lines(name)
    ]


def of_calls(*names, noise=False):
    return [
        (
            broken(written.noisy(call, seed=i) if noise else call),
            Counter(label["clause"] for label in call["labels"]),
        )
        for name in names
        for i, call in enumerate(written.calls(name))
    ]


def run(file, *options):
    return CliRunner().invoke(app, ["calls", "review", str(file), *options])


def test_each_call_is_one_line_of_json(tmp_path):
    file = tmp_path / "calls.jsonl"
    call = written.around("那怎么办？", "这我可没招。")
    file.write_text(json.dumps(call) + "\n\n" + json.dumps(call | {"call_id": "B"}), "utf-8")

    result = run(file, "--format", "json")

    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["call_id"], second["call_id"]) == ("LINE", "B")
    assert all({"clause", "verdict", "turn", "why"} <= row.keys() for row in first["findings"])
    assert {row["verdict"] for row in first["findings"]} == {"kept", "broken"}


def test_a_bad_line_is_named_in_both_languages_and_skipped(tmp_path):
    file = tmp_path / "calls.jsonl"
    good = json.dumps(written.around("气价多少？", "第一档三块二。"))
    file.write_text('{"call_id": "A"\n' + good + '\n{"call_id": "C"}\n', "utf-8")

    result = run(file, "--format", "json")

    assert result.exit_code == 1
    assert [json.loads(line)["call_id"] for line in result.stdout.splitlines()] == ["LINE"]
    assert "第 1 行 / line 1" in result.stderr
    assert "第 3 行 / line 3: direction" in result.stderr


def test_explaining_shows_what_each_finding_rests_on(tmp_path):
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps(written.around("我要投诉你！", "随便您，我等着。")), "utf-8")

    rows = json.loads(run(file, "--format", "json", "--explain").stdout)["findings"]

    found = next(row for row in rows if row["rule"] == "go-and-complain")
    assert sum(each["weight"] for each in found["because"]) >= 1


def test_what_is_found_does_not_change_from_one_run_to_the_next():
    calls = written.calls("calls_a.txt")

    first = [as_json(review(pack=PACK, call=parse_call(call)), explain=True) for call in calls]
    again = [
        as_json(review(pack=PACK, call=parse_call(call)), explain=True) for call in calls[::-1]
    ]

    assert first == again[::-1]


@pytest.mark.parametrize(
    ("lines", "least"),
    [
        (("unfriendly_a.txt", "unfriendly_b.txt", "polite_a.txt", "polite_b.txt"), (0.94, 0.94)),
        (("unfriendly_h.txt", "polite_h.txt"), (0.87, 0.87)),  # never trained on
        (
            (
                "unfriendly_e.txt",
                "unfriendly_f.txt",
                "unfriendly_i.txt",
                "polite_e.txt",
                "polite_f.txt",
                "polite_i.txt",
            ),
            (0.97, 0.96),
        ),
    ],
)
def test_forbidden_wording_is_known_in_other_words(lines, least):
    precision, recall = scores(of_lines(*lines))

    assert precision >= least[0]
    assert recall >= least[1]


@pytest.mark.parametrize(
    ("noise", "least"), [(False, (0.92, 0.92)), (True, (0.85, 0.85))], ids=["written", "misheard"]
)
def test_what_written_calls_break_is_found(noise, least):
    found = of_calls("calls_a.txt", "calls_c.txt", "calls_d.txt", noise=noise)
    precision, recall = scores(found)

    assert precision >= least[0]
    assert recall >= least[1]


def test_what_calls_break_that_nobody_here_has_read_is_found():
    found = of_calls("calls_held.txt")
    precision, recall = scores(found)

    assert precision >= 0.82
    assert recall >= 0.81


def test_forbidden_words_are_doubted_where_everything_else_speaks_against_them():
    weights = PACK.hearing.leanings

    assert weights.doubts("go-and-complain", "您投诉的情况我记下来了马上转给投诉部门请您稍等", "")
    assert not weights.doubts("go-and-complain", "您要投诉就投诉去吧随您的便", "我要投诉你")


def test_who_provokes_an_upset_caller_breaks_what_calms():
    call = written.around("你们就这么推？那我打12345了啊！", "打啊，那电话又不收钱，随便您打。")

    assert broken(call)["5.2.11"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "不知道您家灶是什么牌子的？",
        "他跟您说“不知道”这话确实不合适，我替他向您道歉。",
        "不管是哪家的热水器，我们都给检查。",
        "具体几点我现在还不清楚，我马上问一下调度，问到了立刻给您回电话。",
        "我请我们主任今天下班之前给您打过去。",
        "您要是没空，我给您改到周六。",
    ],
)
def test_polite_words_with_the_same_characters_are_not_forbidden(line):
    assert forbidden(written.around("你说怎么办？", line)) == set()


def test_a_surname_cut_short_and_put_right_wants_an_apology():
    call = written.calls("calls_c.txt")[1]

    assert broken(call)["5.2.5"] == 1
