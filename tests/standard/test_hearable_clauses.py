"""Chapter 4 heard: each clause is judged on calls, counts as positive evidence, or stands on the score sheet."""

from datetime import UTC, datetime

import pytest

from shouwen.core.calls import AudioMeasures, CallerOnScreen, CallEvent, CallRecord, Turn
from shouwen.core.kinds.call_measure import CallMeasureRule
from shouwen.core.kinds.phrase import PhraseRule
from shouwen.standard.judging import judge_calls
from shouwen.standard.locations import default_pack_path
from shouwen.standard.notes import Note, judge_note
from shouwen.standard.pack import load_pack
from shouwen.standard.reviewing import load_reviewing, scored_items

PATH = default_pack_path()
PACK = load_pack(PATH)
SHEET = load_reviewing(PATH, rules=PACK.rules)
AT = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
GREETING = ("agent", "您好，安泰燃气公司，请问有什么可以帮到您？")
KNOWN = CallerOnScreen("14077002319", "荆", "女士", "汶泽雅苑6号楼2单元404")

# One call, or contact, on which each clause is heard as kept.
KEPT = {
    "4.1.1": [GREETING],
    "4.1.2": [GREETING],
    "4.1.3": [GREETING, ("customer", "那就这样"), ("agent", "多谢您的支持。")],
    "4.1.4": [GREETING, ("customer", "帮我查一下"), ("agent", "好的，我会尽量考虑您的要求。")],
    "4.1.5": [GREETING, ("customer", "你们师傅没戴工牌"), ("agent", "听明白了，请您放心。")],
    "4.1.8": [GREETING, ("customer", "嗯"), ("agent", "对不起，打扰您一下，跟您核对个号码。")],
    "4.1.11": [GREETING, ("customer", "刚才是我不对，给你们添麻烦了"), ("agent", "没有关系的。")],
    "4.2.1": [GREETING, ("customer", "灶打不着"), ("agent", "我会马上给您安排师傅。")],
    "4.2.2": [GREETING, ("customer", "等了一天了"), ("agent", "我理解您的心情。")],
    "4.2.3": [GREETING, ("customer", "漏气吗"), ("agent", "您能把阀门先关一下吗？")],
    "4.2.4": [GREETING, ("customer", "今天能修吗"), ("agent", "我能做到的是先替您问一下。")],
    "4.3.1": [GREETING, ("customer", "我姓荆"), ("agent", "荆女士，您请讲。")],
}  # fmt: skip
# What a breach sounds like, where the standard has one that is hearable.
BROKEN = {
    "4.1.11": [GREETING, ("customer", "刚才是我不对"), ("agent", "还有事吗？")],
}
SCORED = {"4.4.1": "refined_wording", "4.6.3": "tone"}
MEASURED = {"4.6.1": "pitch", "4.6.2": "loudness"}
BY_PLACE = {"4.1.16": "麻烦您，请您帮我递一下工具。"}
ASKED_FOR = (
    "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.8", "4.1.11", "4.1.14", "4.1.16",
    "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.3.1", "4.4.1", "4.6.1", "4.6.2", "4.6.3",
)  # fmt: skip


def call(said, *, audio=AudioMeasures(), starts=None):  # noqa: B008 - a frozen value
    turns = tuple(
        Turn(
            starts[i] if starts else 4.0 + 4 * i,
            (starts[i] if starts else 4.0 + 4 * i) + 3,
            who,
            text,
        )
        for i, (who, text) in enumerate(said)
    )
    return CallRecord(
        call_id="C",
        direction="inbound",
        kind="consultation",
        started_at=AT,
        staff_no="1031",
        customer=KNOWN,
        events=(CallEvent(0, "ring"), CallEvent(3, "answer"), CallEvent(90, "hangup", "customer")),
        turns=turns,
        audio=audio,
    )


def verdicts(heard):
    found = {}
    for finding in judge_calls(pack=PACK, call=heard):
        found.setdefault(finding.clause, set()).add(finding.verdict)
    return found


@pytest.mark.parametrize("clause", KEPT)
def test_saying_it_counts_for_the_agent(clause):
    assert "kept" in verdicts(call(KEPT[clause]))[clause]


@pytest.mark.parametrize("clause", BROKEN)
def test_not_saying_it_when_it_is_called_for_is_heard_too(clause):
    assert verdicts(call(BROKEN[clause]))[clause] == {"broken"}


def test_breaking_in_with_leave_counts_and_without_is_judged_as_interrupting():
    starts = [4.0, 8.0, 9.5]
    asked = [
        GREETING,
        ("customer", "我从头跟你说啊"),
        ("agent", "对不起，我可以占用您一点儿时间吗？先确认一下您家漏不漏气，这个很要紧"),
    ]
    rude = [*asked[:2], ("agent", "这个您得问别人，别说了")]

    assert "kept" in verdicts(call(asked, starts=starts)).get("4.1.14", set())
    assert "broken" in verdicts(call(rude, starts=starts))["4.4.3"]


@pytest.mark.parametrize("clause", MEASURED)
def test_a_measure_of_sound_is_judged_and_without_sound_never_passed(clause):
    with_sound = AudioMeasures(loudness_lufs=-22.0, pitch_hz=210.0, usual_pitch_hz=200.0)

    assert verdicts(call([GREETING], audio=with_sound))[clause] == {"kept"}
    assert clause not in verdicts(call([GREETING]))


@pytest.mark.parametrize(("clause", "item"), SCORED.items())
def test_what_only_people_hear_stands_on_the_score_sheet(clause, item):
    (rule,) = [rule for rule in PACK.by_clause[clause] if isinstance(rule, CallMeasureRule)]

    assert item in scored_items(rule)
    assert item in {each.score for each in SHEET.item}


@pytest.mark.parametrize(("clause", "words"), BY_PLACE.items())
def test_what_belongs_to_a_visit_is_heard_there(clause, words):
    found = judge_note(pack=PACK, note=Note(words=words, at=AT, place="visit"))

    assert "kept" in {finding.verdict for finding in found if finding.clause == clause}


def test_every_clause_asked_for_is_one_of_the_three():
    covered = {*KEPT, *BROKEN, *SCORED, *MEASURED, *BY_PLACE, "4.1.14"}

    assert set(ASKED_FOR) <= covered


# --- notes


@pytest.mark.parametrize("place", ["hall", "visit"])
def test_forbidden_words_in_a_note_are_found_in_paraphrase(place):
    note = Note(words="跟客户说急也没用，前面排着好几家。", at=AT, place=place)

    found = {f.clause: f.verdict for f in judge_note(pack=PACK, note=note)}

    assert found["4.5.5"] == "broken"


@pytest.mark.parametrize("place", ["hall", "visit"])
def test_polite_words_in_a_note_count_and_what_is_missing_does_not(place):
    found = judge_note(pack=PACK, note=Note(words="您好，我会尽快办。", at=AT, place=place))

    assert {"4.1.1", "4.2.1"} <= {f.clause for f in found if f.verdict == "kept"}
    assert [f for f in found if f.verdict == "broken"] == []


def test_the_whole_of_chapter_four_about_wording_speaks_of_notes_and_letters_too():
    here = {
        clause
        for clause, rules in PACK.by_clause.items()
        for rule in rules
        if clause.startswith("4.") and isinstance(rule, PhraseRule)
    }
    silent = {
        clause
        for clause in here
        for rule in PACK.by_clause[clause]
        if isinstance(rule, PhraseRule)
        and not {"hall", "visit", "text"} & {*rule.versions[-1].places}
    }

    assert silent == set()
