"""A promise in danger climbs the ladder: each rung tells its people once, and only while it matters."""

from datetime import timedelta

import pytest

from shouwen.access.roles import Role
from shouwen.adapters.ids import uuid7
from shouwen.cases import operations
from shouwen.cases.models import Escalation
from shouwen.cases.operations.escalating import recipients
from shouwen.clocks.operations import tick
from shouwen.clocks.queries import escalation_ladder
from shouwen.jobs.models import Job
from shouwen.jobs.worker import work_once
from shouwen.journal.models import Entry
from shouwen.people.models import Line, Shift, Staff
from tests import people
from tests.apps.cases.acts import at, on, promised
from tests.people import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    for who in ("wang_min", "zhou_min", "chen", "auditor", "admin"):
        people.staff(who)
    Staff.objects.create_staff(
        staff_no="8001", name="何站", password=None, roles={Role.STATION_MANAGER}
    )
    return people.case(kind="consultation", side="none", department="")


def pass_time(minutes):
    moment = MORNING + timedelta(minutes=minutes)
    for _ in range(20):
        tick(now=moment)
        if not work_once(clock=lambda: moment):
            break


def told():
    rows = Escalation.objects.order_by("told_at", "rung", "staff__staff_no")
    return [(row.rung, row.staff.staff_no) for row in rows]


def test_the_owner_is_told_before_the_promise_is_due(case):
    promised(case, due=60)

    pass_time(50)

    assert told() == [("owner-soon", "1031")]


def test_a_missed_promise_climbs_rung_by_rung(case):
    promised(case, due=60)

    for minutes in (50, 61, 121, 60 + 24 * 60 + 1):
        pass_time(minutes)

    assert told() == [
        ("owner-soon", "1031"),
        ("dispatcher-missed", "1031"),
        ("dispatcher-missed", "2016"),
        ("station-late", "2016"),
        ("station-late", "8001"),
        ("company-late", "8001"),
        ("company-late", "9001"),
    ]


def test_nobody_is_told_twice_however_often_it_is_looked_at(case):
    promised(case, due=60)
    for minutes in (50, 61, 62, 63, 64):
        pass_time(minutes)
        Job.objects.filter(kind="clocks.turned").update(state="ready", done_at=None)

    assert len(told()) == len(set(told())) == 3
    assert Entry.objects.filter(kind="case.escalated").count() == 2


def test_a_kept_promise_tells_nobody_any_more(case):
    promise = promised(case, due=60)
    pass_time(50)

    operations.keep_promise(promise_id=promise.pk, by=case.owner, **at(55))
    pass_time(200)

    assert told() == [("owner-soon", "1031")]


def test_a_reminder_that_comes_too_late_is_left_out(case):
    promised(case, due=60)

    pass_time(70)

    assert ("owner-soon", "1031") not in told()
    assert ("dispatcher-missed", "1031") in told()


def test_whoever_may_not_see_the_case_is_not_told(case):
    assert recipients(case=case, tell=["system_admin", "security"], now=MORNING) == []


def test_those_of_the_department_come_first(case):
    near = Staff.objects.create_staff(
        staff_no="8002",
        name="班长",
        password=None,
        department=people.department("repair"),
        roles={Role.STATION_MANAGER},
    )
    repair = people.case()

    assert recipients(case=repair, tell=["station_manager"], now=MORNING) == [near]


def test_at_night_those_on_a_shift_are_told_and_nobody_else_is_woken(case):
    asleep, awake = (
        Staff.objects.create_staff(
            staff_no=number, name="班长", password=None, roles={Role.STATION_MANAGER}
        )
        for number in ("8003", "8004")
    )
    line = Line.objects.create(code="night", name_zh="夜班", name_en="Night")
    Shift.objects.create(
        id=uuid7(MORNING),
        staff=awake,
        line=line,
        starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=1),
    )

    def told_at(now):
        return set(recipients(case=case, tell=["station_manager"], now=now))

    assert told_at(MORNING) == {awake}
    assert {asleep, awake} <= told_at(MORNING + timedelta(hours=1))


def test_seen_is_seen_once(case):
    promised(case, due=60)
    pass_time(50)
    row = Escalation.objects.get()
    seen = {"escalation_id": row.pk, "by": case.owner, "now": MORNING, "act_id": at()["act_id"]}

    operations.note_seen(**seen)
    operations.note_seen(**seen)

    assert Entry.objects.filter(kind="case.escalation_seen").count() == 1


def test_the_ladder_of_the_pack_names_roles_that_exist():
    named = {name for rung in escalation_ladder().rung for name in rung.tell}

    assert named <= {"owner", *(role.value for role in Role)}


def test_a_promise_moved_by_a_pause_is_told_of_at_its_new_time():
    repair = people.case()
    operations.pause_clocks(reason="awaiting_customer", evidence="通话", **on(repair, 300))
    operations.resume_clocks(**on(repair, 420))

    pass_time(345)

    assert not [rung for rung, _ in told() if rung == "station-late"]
