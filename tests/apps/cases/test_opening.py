"""A case is opened whatever is missing; what is missing is flagged."""

import uuid
from datetime import UTC, datetime

import pytest

from shouwen.cases.models import Case
from shouwen.cases.operations import NewCase, open_case
from shouwen.clocks.models import Clock
from shouwen.journal.models import Entry
from tests import people
from tests.people import MORNING, SHANGHAI

pytestmark = pytest.mark.django_db


def test_numbers_count_up_within_the_local_day():
    first, second = people.case(), people.case()
    next_day = people.case(at=datetime(2026, 10, 9, 16, 5, tzinfo=UTC))

    numbers = [case.number for case in (first, second, next_day)]

    assert numbers == ["20261009-0001", "20261009-0002", "20261010-0001"]


def test_opening_the_same_case_again_changes_nothing():
    new = NewCase(
        id=uuid.uuid4(),
        kind="repair",
        said="灶打不着火",
        reported_at=MORNING,
        first_asked=people.staff("wang_min"),
    )

    first = open_case(new=new, now=MORNING, zone=SHANGHAI)
    entries = Entry.objects.count()
    again = open_case(new=new, now=MORNING, zone=SHANGHAI)

    assert first == again
    assert Entry.objects.count() == entries


def test_an_alarm_without_any_detail_is_opened_and_its_gaps_are_flagged():
    alarm = people.case(
        kind="alarm", said="有味", missing=("name", "phone", "address", "customer"), department=""
    )

    gaps = set(alarm.gaps.values_list("code", flat=True))

    assert gaps == {"name", "phone", "address", "customer"}
    assert Clock.objects.filter(subject_id=alarm.pk, is_open=True).exists()


def test_an_unknown_department_leaves_the_case_with_the_first_asked_person():
    case = people.case(department="moon")

    assert case.department is None
    assert case.gaps.filter(code="department").exists()


def test_a_year_without_a_calendar_opens_the_case_and_raises_an_alarm_instead_of_a_promise():
    late = datetime(2031, 3, 4, 1, 0, tzinfo=UTC)

    case = people.case(kind="consultation", side="none", at=late)
    from shouwen.cases.operations import report

    report(what="deferred", act_id=uuid.uuid4(), case_id=case.pk, by=case.owner, at=late, now=late)

    assert Case.objects.filter(pk=case.pk).exists()
    assert Clock.objects.filter(subject_id=case.pk, state="no_promise").exists()
    assert Entry.objects.filter(kind="calendar.year_missing").count() == 1
