"""A wrong password may be tried so often, however many try at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from shouwen.custody.operations import Barred, forget_tries, reserve_try
from shouwen.custody.policy import Limit
from shouwen.journal.models import Entry
from tests import people
from tests.people import MORNING, PASSWORD

LIMIT = Limit(5, timedelta(minutes=15))


def taken(key: str = "1031 a", *, at=MORNING) -> bool:
    try:
        reserve_try(key=key, limit=LIMIT, now=at)
    except Barred:
        return False
    return True


@pytest.mark.django_db
def test_the_sixth_try_is_not_looked_at():
    assert [taken() for _ in range(7)] == [True] * 5 + [False] * 2


@pytest.mark.django_db
def test_the_door_opens_again_when_the_window_since_the_last_try_has_passed():
    for minute in range(5):
        taken(at=MORNING + timedelta(minutes=minute))

    assert not taken(at=MORNING + timedelta(minutes=18))
    assert taken(at=MORNING + timedelta(minutes=19))


@pytest.mark.django_db
def test_another_address_has_tries_of_its_own():
    for _ in range(6):
        taken()

    assert taken("1031 b")


@pytest.mark.django_db
def test_success_forgets_earlier_tries():
    for _ in range(4):
        taken()
    forget_tries(key="1031 a")

    assert [taken() for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_wrong_sign_ins_at_once_five_are_looked_at():
    people.staff("wang_min", password=PASSWORD)
    gate = threading.Barrier(8)

    def attempt(_: int) -> int:
        try:
            return (
                Client().post("/sign-in/", {"staff_no": "1031", "password": "wrong"}).status_code
            )
        finally:
            connection.close()

    def several(share: int) -> list[int]:
        gate.wait()
        return [attempt(number) for number in range(share)]

    with ThreadPoolExecutor(8) as pool:
        answers = [code for part in pool.map(several, [25] * 8) for code in part]

    assert answers == [400] * 200
    assert Entry.objects.filter(kind="staff.sign_in_refused").count() == 5
    assert Entry.objects.filter(kind="staff.sign_in_barred").count() == 1


@pytest.mark.django_db
def test_the_right_password_does_not_open_a_barred_door(client):
    people.staff("wang_min", password=PASSWORD)
    for _ in range(5):
        client.post("/sign-in/", {"staff_no": "1031", "password": "wrong"})

    answer = client.post("/sign-in/", {"staff_no": "1031", "password": PASSWORD})

    assert answer.status_code == 400
    assert "错的次数太多" in answer.content.decode()
