from datetime import timedelta

import pytest

from shouwen.people import operations
from shouwen.people.models import Staff
from tests import people
from tests.apps.people.register import NOW, act

pytestmark = pytest.mark.django_db
GOOD = "paper lantern over water"


def link(number="1031", now=NOW):
    return operations.issue_link(staff_no=number, act=act(), now=now).token


def use(token, now=NOW):
    return operations.set_password(token=token, password=GOOD, act=act(), now=now)


def test_a_link_sets_the_password_of_its_person():
    people.staff("wang_min")

    use(link())

    assert Staff.objects.get(staff_no="1031").check_password(GOOD)


def test_a_link_works_once():
    people.staff("wang_min")
    token = link()
    use(token)

    with pytest.raises(operations.LinkDead):
        use(token)


@pytest.mark.parametrize(("hours", "works"), [(23.9, True), (24.1, False)])
def test_a_link_works_for_a_day(hours, works):
    people.staff("wang_min")
    token, later = link(), NOW + timedelta(hours=hours)

    if works:
        use(token, now=later)
        return
    with pytest.raises(operations.LinkDead):
        use(token, now=later)


def test_a_newer_link_takes_the_place_of_an_older_one():
    people.staff("wang_min")
    old = link()
    link()

    with pytest.raises(operations.LinkDead):
        use(old)


def test_a_password_that_changes_otherwise_kills_the_link():
    row = people.staff("wang_min")
    token = link()
    row.refresh_from_db()
    row.set_password(people.PASSWORD)
    row.save()

    with pytest.raises(operations.LinkDead):
        use(token)


def test_a_link_of_somebody_put_out_of_use_is_dead_for_good():
    people.staff("wang_min")
    token = link()
    operations.deactivate(staff_no="1031", act=act(), now=NOW)
    operations.reactivate(staff_no="1031", act=act(), now=NOW)

    with pytest.raises(operations.LinkDead):
        use(token)


def test_nobody_out_of_use_gets_a_link():
    people.staff("wang_min")
    operations.deactivate(staff_no="1031", act=act(), now=NOW)

    with pytest.raises(operations.NotAtWork):
        link()


@pytest.mark.parametrize("token", ["", "abc", "abc:def", "eyJuIjoiMSJ9:x" * 3])
def test_a_made_up_link_is_dead(token):
    with pytest.raises(operations.LinkDead):
        operations.owner_of(token=token, now=NOW)


def test_a_link_that_was_tampered_with_is_dead():
    people.staff("wang_min")
    people.staff("lin_xiao")
    one, other = link("1031"), link("1015")

    with pytest.raises(operations.LinkDead):
        use(one.partition(":")[0] + ":" + other.partition(":")[2])
