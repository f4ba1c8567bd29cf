"""An alarm rings until somebody has accepted: the crew, the dispatchers, further up, again and again."""

from datetime import timedelta

import pytest

from shouwen.fieldwork import operations
from shouwen.fieldwork.models import Page, TechnicianProfile
from shouwen.fieldwork.operations import PAGE
from shouwen.fieldwork.work import ring
from shouwen.jobs.models import Job
from shouwen.journal.models import Entry
from shouwen.messages.models import Message
from tests import people
from tests.apps.fieldwork.field import at, by, order, sent, technician
from tests.apps.fieldwork.test_appointments import on_shift

pytestmark = pytest.mark.django_db


def climbed(given, *, until: float) -> list[Page]:
    """Every rung that is reached by then."""
    jobs = Job.objects.filter(kind=PAGE, run_at__lte=at(until)).order_by("run_at")
    for job in jobs:
        ring(job.payload, max(job.run_at, at(0)))
    return list(given.pages.all())


def test_those_on_duty_who_can_are_rung_first():
    on_duty, off = technician("3305", "李强", "emergency"), technician("3306", "孙立", "emergency")
    cannot = technician("3307", "高岩", "meter")
    on_shift(on_duty)
    on_shift(cannot)

    rung = climbed(order("alarm"), until=0)

    assert {page.staff for page in rung} == {on_duty}
    assert off not in {page.staff for page in rung}


def test_an_alarm_rings_until_it_is_accepted():
    person = technician("3305", "李强", "emergency")
    on_shift(person)
    given = order("alarm")
    people.staff("zhou_min")
    assert len({page.step for page in climbed(given, until=2)}) == 3

    operations.accept(**by(sent(given, person, minutes=2.5), person, minutes=3))

    before = given.pages.count()
    climbed(given, until=20)
    assert given.pages.count() == before


def test_whoever_is_sent_is_rung_at_once():
    person = technician("3305", "李强", "emergency")
    given = sent(order("alarm"), person, minutes=1)

    job = Job.objects.filter(kind=PAGE, payload__step=-1).get()
    ring(job.payload, at(1))

    assert {page.staff for page in given.pages.filter(told_at=at(1))} == {person}


def test_the_service_telephone_gets_the_place():
    person = technician("3305", "李强", "emergency")
    TechnicianProfile.objects.filter(staff=person).update(phone="14077000001")
    on_shift(person)
    _, premises = people.home()

    climbed(order("alarm", premises=premises), until=0)

    message = Message.objects.get(text_id="danger-to-crew")
    assert "青梧里 3-1-502" in message.body
    assert message.is_urgent


def test_the_last_rung_is_climbed_again():
    on_shift(technician("3305", "李强", "emergency"))
    given = order("alarm")
    climbed(given, until=10)

    again = Job.objects.filter(kind=PAGE, payload__step=5).get()

    assert again.run_at == at(15)


def test_a_rung_climbed_twice_rings_once():
    on_shift(technician("3305", "李强", "emergency"))
    given = order("alarm")

    for _ in range(2):
        operations.page(order_id=given.pk, step=0, now=at(0))

    assert (
        Page.objects.values("step", "staff", "channel").distinct().count() == Page.objects.count()
    )
    assert Entry.objects.filter(kind="order.paged").count() == 1


def test_what_is_not_urgent_rings_nobody():
    given = order()

    assert operations.page(order_id=given.pk, step=0, now=at(0) + timedelta(seconds=1)) == ()
