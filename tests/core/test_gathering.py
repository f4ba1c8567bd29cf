"""What is gathered from calls. The calls are made here; the sample file is used only as a whole."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.calls import CallRecord, parse_call
from shouwen.core.gathering import what_was_said
from shouwen.demo.callers import SAMPLE_CALLS, read_sample_calls

SHANGHAI = ZoneInfo("Asia/Shanghai")
KNOWN = {
    "phone": "14018302277",
    "surname": "钮",
    "title": "先生",
    "address": "鹿鸣小区12号楼2单元1001",
}


def call(
    *said: str,
    kind: str = "repair",
    customer: dict[str, str] | None = None,
    direction: str = "inbound",
) -> CallRecord:
    """A call whose turns are `A…` (agent) and `C…` (customer), five seconds each."""
    turns = [
        {
            "start": 5.0 * place,
            "end": 5.0 * place + 4,
            "speaker": "agent" if text[0] == "A" else "customer",
            "text": text[1:].strip(),
        }
        for place, text in enumerate(said)
    ]
    record: dict[str, Any] = {
        "call_id": "T1",
        "direction": direction,
        "kind": kind,
        "started_at": "2026-03-11T16:30:00+08:00",
        "staff_no": "1008",
        "customer": customer,
        "events": [{"t": 0.0, "type": "ring"}, {"t": 3.0, "type": "answer"}],
        "turns": turns,
    }
    return parse_call(record)


def local(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


def test_an_unknown_caller_is_known_by_what_he_or_she_says():
    gathered = what_was_said(
        call(
            "A您好，安泰燃气公司，请讲。",
            "C我家灶打不着火。",
            "A您贵姓？",
            "C姓缪，纰缪的缪。",
            "A缪女士，您家在哪？",
            "C青檀里十一号楼一单元一零二。",
            "A电话留哪个？",
            "C幺四零三三零零一九二七。",
        )
    )

    assert (gathered.surname, gathered.title) == ("缪", "女士")
    assert gathered.phone == "14033001927"
    assert gathered.address is not None
    assert gathered.address.text == "青檀里11号楼1单元102"
    assert gathered.place == "青檀里11号楼1单元102"
    assert gathered.summary == "我家灶打不着火"
    assert gathered.sources == {"surname": "customer", "phone": "customer", "address": "customer"}
    assert gathered.spoken == {"name", "phone", "address", "content"}


def test_a_known_caller_has_the_facts_of_the_record():
    gathered = what_was_said(call("A您好。", "C我家表不走了。", customer=KNOWN))

    assert (gathered.surname, gathered.title, gathered.phone) == ("钮", "先生", "14018302277")
    assert gathered.address is not None
    assert gathered.address.key == "鹿鸣/12/2/1001"
    assert set(gathered.sources.values()) == {"record"}
    assert gathered.spoken == {"content"}


def test_the_record_is_wrong_about_a_tenant_who_says_so():
    gathered = what_was_said(call("A钮先生您好。", "C我不是，我姓陈，租的房。", customer=KNOWN))

    assert (gathered.surname, gathered.title) == ("陈", "")


def test_a_homophone_does_not_change_the_surname_on_record():
    gathered = what_was_said(call("A是纽先生吗？", "C对，念牛的三声。", customer=KNOWN))

    assert gathered.surname == "钮"


def test_an_address_said_in_two_turns_is_put_together():
    gathered = what_was_said(
        call("C没气了", "A您家在哪", "C青檀里十一号楼", "A嗯", "C一单元一零二", "A好的")
    )

    assert gathered.address is not None
    assert gathered.address.text == "青檀里11号楼1单元102"


def test_a_number_said_in_two_turns_is_put_together():
    gathered = what_was_said(call("C没气了", "A电话多少", "C一四零三三零", "A嗯", "C零一九二七"))

    assert gathered.phone == "14033001927"


def test_what_the_agent_repeats_counts_unless_it_is_denied():
    place = "A青檀里11号楼1单元102，对吧？"

    confirmed = what_was_said(call("C没气了", place, "C对"))
    denied = what_was_said(call("C没气了", place, "C不对不对"))

    assert confirmed.sources["address"] == "agent"
    assert denied.address is None


def test_a_building_put_right_replaces_the_one_on_record():
    gathered = what_was_said(
        call("A您是鹿鸣小区12号楼2单元1001的吧？", "C不对，是15号楼。", customer=KNOWN)
    )

    assert gathered.address is not None
    assert gathered.address.text == "鹿鸣小区15号楼2单元1001"


def test_another_home_named_by_the_caller_is_the_place():
    gathered = what_was_said(
        call("A您好", "C我妈家没气了，在青檀里11号楼1单元102。", customer=KNOWN)
    )

    assert gathered.address is not None
    assert gathered.address.estate == "青檀里"


def test_a_number_to_be_called_replaces_the_one_on_record():
    gathered = what_was_said(call("A您好", "C打我这个14066801920", customer=KNOWN))

    assert gathered.phone == "14066801920"


def test_somebody_elses_number_does_not_replace_the_one_on_record():
    gathered = what_was_said(call("A您好", "C那个师傅14066801920没人接", customer=KNOWN))

    assert gathered.phone == "14018302277"


def test_the_companys_own_number_is_not_the_callers():
    gathered = what_was_said(call("C座机8619612", "A随时拨8619612"), own_numbers=["8619612"])

    assert gathered.phone == ""


def test_a_place_that_is_no_flat_is_kept_in_the_callers_words():
    gathered = what_was_said(call("C我们是桑榆养老院，在东皋苑东边", kind="consultation"))

    assert gathered.address is None
    assert gathered.place == "桑榆养老院 东皋苑东边"


def test_a_call_back_is_promised_with_its_time():
    gathered = what_was_said(
        call("C检查记录什么时候给我", "A不好意思，今天下班前一准给您回话。", kind="consultation")
    )

    promised = gathered.promised_call_back
    assert promised is not None
    assert promised.turn == 1
    assert promised.by is not None
    assert (promised.by.code, promised.by.day) == ("close_of_business", date(2026, 3, 11))
    assert gathered.deferred
    assert gathered.apologised


def test_an_answer_within_hours_counts_from_the_moment_it_was_promised():
    gathered = what_was_said(call("C我要投诉", "A七十二小时以内给您答复。", kind="complaint"))

    promised = gathered.promised_answer
    assert promised is not None
    assert promised.by is not None
    assert promised.by.ends_at == datetime(2026, 3, 14, 8, 30, 5, tzinfo=UTC)
    assert not gathered.deferred


def test_a_visit_is_agreed_with_its_hours():
    gathered = what_was_said(
        call("C壁挂炉坏了", "A我给您约最早的，明天上午八点半到十点，您看行不行？", "C行")
    )

    visit = gathered.promised_visit
    assert visit is not None
    assert visit.by is not None
    assert (local(visit.by.starts_at), local(visit.by.ends_at)) == ("03-12 08:30", "03-12 10:00")


def test_a_visit_put_off_is_promised_but_not_agreed():
    gathered = what_was_said(call("C换个电池", "A您等明天吧", "C明天几点", "A明天白天"))

    visit = gathered.promised_visit
    assert visit is not None
    assert visit.is_put_off
    assert visit.by is not None
    assert (local(visit.by.starts_at), local(visit.by.ends_at)) == ("03-12 08:00", "03-12 18:00")


def test_the_time_may_come_when_the_customer_asks_for_it():
    gathered = what_was_said(
        call(
            "C怎么改",
            "A我转安检部，给您打电话说清楚。",
            "C今天能回吗？",
            "A今天尽量。",
            kind="complaint",
        )
    )

    promised = gathered.promised_call_back
    assert promised is not None
    assert promised.by is not None
    assert promised.by.words == "今天"


@pytest.mark.parametrize(
    "said",
    [
        "A请稍等，我将与安检部联系，请他们给您答复。",
        "A感谢您的来电，有问题请您与我们联系，再见。",
        "A昨天已经给您打过电话了。",
        "A要是还响，师傅明天过去换开关。",
        "A师傅三月十一号去您家换的表，换得怎么样？",
        "A师傅去之前会打您电话。",
        "A没法马上给您准话。",
    ],
)
def test_what_promises_nothing_is_no_promise(said):
    assert what_was_said(call("C你好，我家的表坏了", said)).promises == ()


def test_a_question_sent_away_is_deferred_without_a_promise():
    gathered = what_was_said(
        call("C合同续签发给谁？", "A他今天没来，您过两天再打打看吧。", kind="consultation")
    )

    assert gathered.deferred
    assert gathered.promises == ()


def test_a_danger_is_heard_from_the_customer_and_not_from_the_agent():
    told = what_was_said(call("A您好", "C我家闻着有煤气味", kind="consultation"))
    asked = what_was_said(call("C管子生锈了", "A有没有闻到燃气味？", "C没有"))

    assert told.danger
    assert told.danger_words
    assert not asked.danger


def test_a_call_taken_as_an_alarm_is_a_danger_whatever_was_said():
    assert what_was_said(call("C快来人", kind="alarm")).danger


def test_an_empty_call_leaves_nothing():
    gathered = what_was_said(call(kind="other"))

    assert gathered.summary == ""
    assert gathered.address is None
    assert gathered.spoken == frozenset()


def test_a_follow_up_is_about_what_the_agent_asks():
    gathered = what_was_said(
        call(
            "C喂？",
            "A您好，安泰燃气为您服务，请问您是钮先生吗",
            "C是",
            "A上周您报修的热水器，修好了没有？",
            kind="follow_up",
            direction="outbound",
            customer=KNOWN,
        )
    )

    assert gathered.summary == "上周您报修的热水器，修好了没有？"


@given(st.lists(st.tuples(st.sampled_from("AC"), st.text(max_size=40)), max_size=8))
def test_no_words_make_it_stumble(turns):
    gathered = what_was_said(call(*(speaker + text for speaker, text in turns)))

    assert len(gathered.summary) <= 60


@pytest.mark.parametrize("sample", read_sample_calls(), ids=lambda sample: sample.call_id)
def test_every_sample_call_leaves_a_heading_and_what_its_record_shows(sample):
    gathered = what_was_said(sample, own_numbers=["8619612"])

    assert gathered.summary
    if sample.customer is not None:
        assert gathered.surname == sample.customer.surname
        assert gathered.phone == sample.customer.phone
        assert gathered.address is not None
        assert gathered.address.text == sample.customer.address


def test_labels_in_a_file_change_nothing(tmp_path: Path):
    lines = [json.loads(line) for line in SAMPLE_CALLS.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["labels"] = [{"clause": "5.3.4", "verdict": "broken"}]
    other = tmp_path / "calls.jsonl"
    other.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))

    relabelled = read_sample_calls(other)

    assert [what_was_said(c) for c in relabelled] == [
        what_was_said(c) for c in read_sample_calls()
    ]
