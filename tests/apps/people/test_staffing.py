import threading

import pytest
from django.db import IntegrityError, connection, transaction

from shouwen.access.roles import Role
from shouwen.journal.models import Entry
from shouwen.people import operations
from shouwen.people.models import Staff, StaffRole
from tests import people
from tests.apps.people.register import NOW, act, who

pytestmark = pytest.mark.django_db


def events(kind):
    return list(Entry.objects.filter(kind=kind).order_by("happened_at"))


def test_somebody_new_has_no_password_and_is_in_the_journal_without_a_name():
    operations.hire(staff_no="1200", who=who(roles={Role.AGENT}), act=act(), now=NOW)

    assert not Staff.objects.get(staff_no="1200").has_usable_password()
    [entry] = events("staff.created")
    assert (entry.actor, entry.data) == ("9201", {"roles": "agent", "department": ""})


def test_pressing_twice_hires_once():
    twice = act()

    for _ in range(2):
        operations.hire(staff_no="1200", who=who(), act=twice, now=NOW)

    assert len(events("staff.created")) == 1


def test_a_number_that_is_taken_is_refused():
    people.staff("wang_min")

    with pytest.raises(operations.NumberTaken):
        operations.hire(staff_no="1031", who=who(), act=act(), now=NOW)


@pytest.mark.parametrize(
    "roles",
    [
        {Role.SYSTEM_ADMIN, Role.SECURITY},
        {Role.SYSTEM_ADMIN, Role.AUDITOR},
        {Role.SECURITY, Role.AUDITOR},
    ],
)
def test_the_three_who_watch_each_other_are_never_one_person(roles):
    with pytest.raises(operations.RolesNotSeparated):
        operations.hire(staff_no="1200", who=who(roles=roles), act=act(), now=NOW)


def test_the_database_itself_refuses_two_of_the_three_in_one_person():
    admin = people.staff("admin")

    with pytest.raises(IntegrityError), transaction.atomic():
        StaffRole.objects.create(staff=admin, role=Role.AUDITOR)


def test_a_change_tells_which_fields_changed_and_not_what_stood_in_them():
    people.staff("wang_min")

    changed = operations.change_staff(
        staff_no="1031",
        who=who("王敏敏", department="repair", roles={Role.AGENT, Role.TRAINER}),
        act=act(),
        now=NOW,
    )

    assert changed == ("name", "department", "roles")
    [entry] = events("staff.changed")
    assert entry.data == {
        "fields": "name,department,roles",
        "roles": "agent,trainer",
        "department": "repair",
    }


def test_saying_the_same_again_changes_nothing():
    row = people.staff("wang_min")

    changed = operations.change_staff(
        staff_no="1031",
        who=who(row.name, department="hotline", roles={Role.AGENT}),
        act=act(),
        now=NOW,
    )

    assert (changed, events("staff.changed")) == ((), [])


def test_nobody_changes_the_own_roles():
    people.staff("admin")

    with pytest.raises(operations.OwnRoles):
        operations.change_staff(
            staff_no="9201",
            who=who("管理", roles={Role.SYSTEM_ADMIN, Role.DISPATCHER}),
            act=act(by="9201"),
            now=NOW,
        )


def test_the_last_administrator_cannot_be_put_out_of_use():
    people.staff("admin")

    with pytest.raises(operations.LastAdministrator):
        operations.deactivate(staff_no="9201", act=act(by="9202"), now=NOW)


def test_somebody_put_out_of_use_keeps_no_password_and_comes_back_without_one():
    people.staff("wang_min", password=people.PASSWORD)

    operations.deactivate(staff_no="1031", act=act(), now=NOW)
    operations.reactivate(staff_no="1031", act=act(), now=NOW)

    back = Staff.objects.get(staff_no="1031")
    assert (back.is_active, back.has_usable_password()) == (True, False)
    assert [len(events(f"staff.{what}")) for what in ("deactivated", "reactivated")] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_put_each_other_out_of_use_at_once():
    people.staff("admin")
    operations.hire(
        staff_no="9202", who=who("副管", roles={Role.SYSTEM_ADMIN}), act=act(), now=NOW
    )
    start, refused = threading.Barrier(2), []

    def remove(number, by):
        start.wait()
        try:
            operations.deactivate(staff_no=number, act=act(by=by), now=NOW)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=remove, args=pair) for pair in (("9201", "9202"), ("9202", "9201"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Staff.objects.filter(is_active=True, roles__role=Role.SYSTEM_ADMIN).count() == 1
    assert len(refused) == 1
