"""Scripts: each part in its place, exemptions, who hangs up."""

from datetime import date

from shouwen.core.clause import Words
from shouwen.core.kinds.script import Part, ScriptVersion, judge_script, judged_where_it_applies
from tests.core.kinds.telephone import SCREEN, heard

DAY = date(2025, 1, 1)


def part(name, **fields):
    return Part(id=name, title=Words(zh=name, en=name), **fields)


OPENING = ScriptVersion(
    from_=DAY,
    says=("您好，清泉供水公司",),
    parts=(
        part("greeting", any_of=("您好",), none_of=("喂",), at="first_agent_turn"),
        part("company", any_of=("{brand}",), at="first_agent_turn"),
        part("purpose", any_of=("请讲",), at="first_agent_turn", unless=("purpose_stated",)),
    ),
)
CLOSING = ScriptVersion(
    from_=DAY,
    says=("再见",),
    parts=(part("thanks", all_of=(("感谢", "谢谢"), ("再见",)), at="closing"),),
    hang_up="customer",
    exempt=("wrong_number", "angry"),
    excused_by=("line_lost",),
)
ADDRESS = ScriptVersion(
    from_=DAY,
    says=(),
    parts=(part("address", spoken="address"),),
    applies_if=("address_on_record", "flat_named", "place_needed"),
)


def judged(version, call):
    return judged_where_it_applies(version=version, heard=call, judge=judge_script)


def test_a_script_said_in_full_is_kept():
    assert judged(OPENING, heard("a:您好，清泉供水公司，请讲")).verdict == "kept"


def test_missing_parts_are_named_in_their_order():
    found = judged(OPENING, heard("a:喂", "c:喂"))

    assert (found.verdict, found.parts) == ("broken", ("greeting", "company", "purpose"))
    assert found.turn == 0
    assert found.why.en == "missing: greeting, company, purpose"


def test_a_phrase_in_another_turn_than_its_place_does_not_count():
    found = judged(OPENING, heard("a:喂", "c:喂", "a:您好，清泉供水公司，请讲"))

    assert found.verdict == "broken"


def test_a_signal_makes_a_part_unnecessary():
    found = judged(OPENING, heard("a:您好，清泉供水公司", "c:我家水管爆了快来人"))

    assert found.verdict == "kept"


def test_an_utterance_split_by_the_recogniser_is_one_utterance():
    call = heard("a:您好", "a:清泉供水公司 请讲")

    assert judged(OPENING, call).verdict == "kept"


def test_all_groups_of_a_part_must_be_heard_and_the_customer_hangs_up_first():
    kept = judged(CLOSING, heard("a:您好", "c:没了", "a:谢谢您来电，再见"))
    broken = judged(CLOSING, heard("a:您好", "c:没了", "a:再见", by="agent"))

    assert kept.verdict == "kept"
    assert broken.parts == ("thanks", "customer_first")


def test_an_exchange_that_does_not_say_who_hung_up_leaves_it_unprovable():
    assert judged(CLOSING, heard("a:感谢您，再见", by="")).verdict == "not_provable"


def test_exempt_calls_are_not_judged():
    assert judged(CLOSING, heard("a:您好", "c:打错了")).verdict == "not_applicable"


def test_anger_exempts_only_when_the_caller_left_before_the_farewell():
    left = heard("a:您排着呗", "c:等着投诉吧")
    stayed = heard("a:您排着呗", "c:等着投诉吧", "a:再见")

    assert judged(CLOSING, left).verdict == "not_applicable"
    assert judged(CLOSING, stayed).verdict == "broken"


def test_a_lost_line_excuses_what_is_missing_but_not_what_was_said():
    missing = judged(CLOSING, heard("a:您好", cause="line_lost"))
    said = judged(CLOSING, heard("a:您好", "a:谢谢您，再见", cause="line_lost"))

    assert (missing.verdict, said.verdict) == ("not_applicable", "kept")


def test_a_call_on_which_the_agent_said_nothing_is_not_judged():
    assert judged(OPENING, heard("c:喂")).verdict == "not_applicable"


def test_a_part_that_must_come_first_fails_when_it_comes_later():
    version = ScriptVersion(
        from_=DAY,
        says=(),
        parts=(
            part("safety", any_of=("关阀",), before="address"),
            part("address", spoken="address"),
        ),
    )
    confirmed = "a:您是云亭花园16号楼1单元1304的公孙女士吗"

    first = judged(version, heard("a:先关阀", "c:关了", confirmed, customer=SCREEN))
    late = judged(version, heard(confirmed, "c:对", "a:先关阀", customer=SCREEN))

    assert (first.verdict, late.parts) == ("kept", ("safety",))


def test_an_address_that_the_caller_denies_is_not_confirmed():
    asked = "a:您是云亭花园16号楼1单元1304的公孙女士吗"

    agreed = heard(asked, "c:对", customer=SCREEN)
    denied = heard(asked, "c:不是，我搬到青檀里11号楼1单元102了", "a:好的", customer=SCREEN)
    renewed = heard(
        asked, "c:不是，我搬到青檀里11号楼1单元102了", "a:青檀里11号楼1单元102", customer=SCREEN
    )
    name_only = heard(asked, "c:不是，我姓孙", customer=SCREEN)

    verdicts = [judged(ADDRESS, call).verdict for call in (agreed, denied, renewed, name_only)]
    assert verdicts == ["kept", "broken", "kept", "kept"]


def test_a_place_that_is_no_flat_is_confirmed_by_repeating_it():
    repeated = heard(
        "a:请讲", "c:石坊街菜市场门口漏水", "a:石坊街菜市场门口，马上派人", kind="repair"
    )
    ignored = heard("a:请讲", "c:石坊街菜市场门口漏水", "a:知道了", kind="repair")

    assert judged(ADDRESS, repeated).verdict == "kept"
    assert judged(ADDRESS, ignored).verdict == "broken"


def test_a_general_question_of_an_unknown_caller_needs_no_address():
    assert judged(ADDRESS, heard("a:请讲", "c:水价多少")).verdict == "not_applicable"
