"""What one call leaves: a case in the right hands, its promises and clocks, its gaps, its verdicts."""

from datetime import date, datetime, timedelta

import pytest

from shouwen.cases.models import Case, Handover
from shouwen.clocks.models import Clock
from shouwen.customers.models import Customer, Estate, Occupancy, Phone, Premises
from shouwen.hotline.models import Call, CallVerdict
from shouwen.journal.models import Entry
from shouwen.people.models import Staff
from tests import calls, people
from tests.calls import call, played, samples
from tests.people import SHANGHAI

pytestmark = pytest.mark.django_db

PHONE = "14077002093"


@pytest.fixture
def city() -> None:
    calls.take_up_posts()
    calls.move_in()


@pytest.fixture
def posts() -> None:
    calls.take_up_posts()


def taken(one: dict[str, object]) -> Case:
    """Takes a call and gives back its case."""
    result = played(one)
    assert result.bad == []
    return Case.objects.get(calls__call_id=one["call_id"])


def gaps(case: Case) -> set[str]:
    return set(case.gaps.values_list("code", flat=True))


def local(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}" if moment else ""


def due(case: Case, rule: str) -> str:
    return local(Clock.objects.get(subject_id=case.pk, rule_id=rule).due_at)


# --- promises ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "offered_to", "promised"),
    [
        ("S02", "", {"visit": "03-06 12:00"}),  # 本周五上午
        ("S03", "", {}),
        ("S04", "", {"call_back": "03-11 17:30"}),  # 今天下班前
        ("S06", "quality", {}),
        ("S08", "repair", {"call_back": "03-19 12:00"}),  # 明天中午前
        ("S09", "inspection", {"call_back": "03-04 00:00"}),  # 今天尽量
        ("S12", "quality", {}),
        ("S15", "", {"call_back": "05-18 18:00"}),  # 下午再给您打
        ("S18", "", {}),
        ("S19", "repair", {"visit": "05-09 12:00"}),  # 今天中午前
        ("S20", "repair", {"visit": "03-23 10:00"}),  # 明天上午八点半到十点
        ("S23", "repair", {"visit": "03-11 16:00"}),  # 明天下午两点到四点
        ("S24", "emergency", {"visit": "03-07 02:31"}),  # 十二分钟到
    ],
)
def test_a_call_is_handed_on_and_its_promises_are_kept_track_of_as_they_were_said(
    city, name, offered_to, promised
):
    case = taken(samples()[name])

    offers = Handover.objects.filter(case=case).values_list("to_department__code", flat=True)
    assert list(offers) == ([offered_to] if offered_to else [])
    assert {p.kind: local(p.due_at) for p in case.promises.all()} == promised
    clocks = Clock.objects.filter(subject_kind="promise")
    assert {local(clock.due_at) for clock in clocks} == set(promised.values())


def test_a_promise_without_a_time_is_due_within_the_limit_of_the_standard(posts):
    case = taken(call("T1", "表走得不对", "我查清楚了给您回电话"))

    # Wednesday 11 March: two working days.
    assert [local(p.due_at) for p in case.promises.all()] == ["03-13 17:30"]


def test_what_was_promised_belongs_to_whoever_owns_the_case(city):
    case = taken(samples()["S08"])

    assert {p.owner.staff_no for p in case.promises.all()} == {"1039"}
    assert set(Clock.objects.values_list("owner_no", flat=True)) == {"1039"}


# --- clocks -----------------------------------------------------------------------------------------------


def test_a_complaint_is_to_be_answered_within_72_hours_of_the_first_ring(city):
    case = taken(samples()["S06"])

    clock = Clock.objects.get(subject_id=case.pk, rule_id="complaint-answered-72h")
    assert clock.due_at == case.reported_at + timedelta(hours=72)


@pytest.mark.parametrize(("name", "until"), [("S04", "03-13 17:30"), ("S13", "03-25 17:30")])
def test_a_question_put_off_gets_two_working_days(city, name, until):
    case = taken(samples()[name])

    assert due(case, "consultation-answered-2wd") == until


def test_a_question_answered_at_once_is_closed_with_the_call_and_has_no_deadline(city):
    case = taken(samples()["S11"])

    row = Call.objects.get()
    assert (case.state, case.closed_at) == ("closed", row.ended_at)
    assert not Clock.objects.filter(due_at__isnull=False, is_open=True).exists()
    assert Entry.objects.filter(subject_id=case.pk, kind="case.answered").count() == 1


def test_our_own_call_is_closed_without_an_answer_to_anybody(city):
    case = taken(samples()["S05"])

    assert case.state == "closed"
    assert not Entry.objects.filter(subject_id=case.pk, kind="case.answered").exists()


def test_a_repair_counts_from_the_time_agreed_with_the_customer(city):
    case = taken(samples()["S23"])

    assert due(case, "repair-done-24h") == "03-12 14:00"


def test_putting_a_repair_off_until_tomorrow_is_no_appointment_and_moves_no_deadline(city):
    case = taken(samples()["S22"])

    assert due(case, "repair-done-24h") == "03-06 21:07"


def test_what_was_over_before_we_heard_of_it_is_missed_at_its_own_time(city):
    case = taken(samples()["S06"])

    missed = Entry.objects.get(
        subject_id=case.pk, kind="clock.missed", data__rule="complaint-answered-72h"
    )
    assert missed.happened_at == case.reported_at + timedelta(hours=72)


# --- gaps -------------------------------------------------------------------------------------------------


def test_a_number_that_nobody_has_opens_the_case_and_flags_the_customer(posts):
    case = taken(call("T1", kind="alarm", customer={"phone": "14000000001"}))

    assert case.customer is None
    assert case.caller_phone == "14000000001"
    assert "customer" in gaps(case)


def test_a_call_without_record_and_words_opens_a_case_with_every_gap(posts):
    case = taken(call("T1", kind="alarm", turns=[], events=[]))

    assert gaps(case) == {"name", "phone", "address", "content", "customer"}
    assert case.said
    assert Clock.objects.filter(subject_id=case.pk, is_open=True).exists()


def test_an_unknown_staff_number_owns_the_case_cannot_sign_in_and_is_flagged(posts):
    case = taken(call("T1", staff_no="7777", kind="alarm"))

    stranger = Staff.objects.get(staff_no="7777")
    assert case.owner == case.first_asked == stranger
    assert not stranger.is_active
    assert not stranger.has_usable_password()
    assert "staff" in gaps(case)


def test_an_unknown_department_leaves_the_case_with_whoever_was_asked():
    people.staff("wang_min")

    case = taken(call("T1", "家里漏气了", "您好，马上派人", kind="alarm"))

    assert case.department is None
    assert case.owner == people.staff("wang_min")
    assert "department" in gaps(case)
    assert not Handover.objects.exists()


def test_danger_heard_on_a_call_of_another_kind_is_flagged(posts):
    case = taken(
        call("T1", "我想问一下，家里有股臭鸡蛋味，是漏气了吗", "您好", kind="consultation")
    )

    assert "danger" in gaps(case)


def test_every_gap_is_on_record_in_the_journal(posts):
    case = taken(call("T1", kind="alarm", turns=[], staff_no="7777"))

    entries = Entry.objects.filter(subject_id=case.pk, kind="case.gap_flagged")
    assert {entry.data["gap"] for entry in entries} == gaps(case)


@pytest.mark.parametrize("kind", ["alarm", "consultation", "complaint"])
def test_a_year_without_a_calendar_opens_the_case_and_raises_an_alarm(posts, kind):
    words = ("家里漏气了", "我问清楚了给您回电话")

    case = taken(call("T1", *words, kind=kind, started_at="2031-03-04T10:00:00+08:00"))

    assert case.reported_at.year == 2031
    assert "calendar" in gaps(case)


# --- several homes on one number --------------------------------------------------------------------------


def second_home(customer: Customer) -> Premises:
    premises = Premises.objects.create(
        estate=Estate.objects.get(name="青梧里"), building="9", unit="2", flat="301"
    )
    Occupancy.objects.create(
        customer=customer, premises=premises, relation="owner", since=date(2021, 1, 1)
    )
    return premises


def test_one_customer_with_two_homes_is_known_and_the_home_stays_open(posts):
    customer, _ = people.home(phone=PHONE)
    second_home(customer)

    case = taken(call("T1", customer={"phone": PHONE}))

    assert (case.customer, case.premises) == (customer, None)
    assert "home" in gaps(case)


def test_a_number_of_two_customers_is_nobodys_until_somebody_asks(posts):
    people.home(phone=PHONE)
    other, _ = people.home(phone="14077000001", surname="滕", address=("9", "2", "301"))
    Phone.objects.create(customer=other, number=PHONE)

    case = taken(call("T1", customer={"phone": PHONE}))

    assert (case.customer, case.premises) == (None, None)
    assert "customer" in gaps(case)


def test_the_address_on_the_screen_decides_between_homes_in_any_spelling(posts):
    customer, _ = people.home(phone=PHONE)
    there = second_home(customer)

    case = taken(call("T1", customer={"phone": PHONE, "address": "青梧里 9-2-301"}))

    assert case.premises == there
    assert not gaps(case) & {"home", "customer"}


def test_an_address_on_the_screen_that_is_none_of_the_homes_decides_nothing(posts):
    people.home(phone=PHONE)

    case = taken(call("T1", customer={"phone": PHONE, "address": "青梧里88号楼1单元101"}))

    assert case.premises is None


# --- verdicts ---------------------------------------------------------------------------------------------


def test_verdicts_are_kept_with_turn_reason_and_clause(city):
    taken(samples()["S22"])

    opening = CallVerdict.objects.get(rule_id="opening-line")
    assert (opening.clause, opening.verdict, opening.turn) == ("5.2.4", "broken", 0)
    assert opening.why_zh
    assert opening.why_en
    assert [v.ordinal for v in CallVerdict.objects.order_by("ordinal")] == list(
        range(1, CallVerdict.objects.count() + 1)
    )


def test_a_measured_verdict_keeps_what_was_measured(city):
    taken(samples()["S20"])

    talk = CallVerdict.objects.get(rule_id="talk-within-3min")
    assert talk.verdict == "broken"
    assert talk.measured == pytest.approx(212.7)


def test_what_was_counted_is_told_to_whoever_plays_the_file(city):
    (told,) = played(samples()["S22"]).taken

    verdicts = list(CallVerdict.objects.values_list("verdict", flat=True))
    assert (told.kept, told.broken) == (verdicts.count("kept"), verdicts.count("broken"))
    assert told.broken > 3
    assert {"name", "phone", "customer"} == set(told.gaps)


def test_the_call_itself_is_journalled_with_every_event_of_the_exchange(city):
    taken(samples()["S04"])

    row = Call.objects.get()
    kinds = Entry.objects.filter(subject_kind="call", subject_id=row.pk).order_by("happened_at")
    assert [entry.kind for entry in kinds] == [
        "call.rang",
        "call.answered",
        "call.held",
        "call.resumed",
        "call.ended",
    ]


def test_no_words_of_a_call_and_no_number_are_in_the_journal(city):
    played(*samples().values())

    told = "".join(str(data) for data in Entry.objects.values_list("data", flat=True))
    numbers = {c["customer"]["phone"] for c in samples().values() if c["customer"]}
    assert not [number for number in numbers if number in told]
    assert "报警器" not in told
