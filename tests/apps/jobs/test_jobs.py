from datetime import timedelta

import pytest
from django.db import transaction
from typer.testing import CliRunner

from shouwen.jobs.commands import app
from shouwen.jobs.models import Job
from shouwen.jobs.operations import Claimed, Done, Lost, NotDead, claim, enqueue, revive, run
from shouwen.jobs.registry import HandlerTaken, handler
from shouwen.jobs.retrying import MOST_ATTEMPTS, Again, GiveUp, after_failure
from tests.apps.jobs.effects import NOON, asked, effects, taken

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_the_same_work_asked_for_twice_is_one_job():
    asked("a")
    enqueue(kind="test.note", key="a", payload={"other": 1}, run_at=NOON, now=NOON)

    assert Job.objects.get().payload == {"key": "a"}


def test_a_job_is_done_with_its_effects():
    asked("a")

    outcome = run(claimed=taken(), now=NOON + SECOND)

    job = Job.objects.get()
    assert outcome == Done()
    assert effects() == ["a"]
    assert (job.state, job.done_at, job.attempts) == ("done", NOON + SECOND, 1)
    assert claim(now=NOON + timedelta(days=1)) is None


def test_a_job_waits_for_its_time():
    asked("a", at=NOON)

    assert claim(now=NOON - SECOND) is None
    assert claim(now=NOON)


def test_the_most_urgent_job_goes_first():
    asked("later", at=NOON)
    asked("earlier", at=NOON - SECOND)
    asked("urgent", at=NOON, priority=-1)

    order = [taken().payload["key"] for _ in range(3)]

    assert order == ["urgent", "earlier", "later"]


def test_queues_are_apart():
    asked("a", queue="paper")

    assert claim(now=NOON) is None
    assert claim(now=NOON, queue="paper")


def test_a_taken_job_is_not_taken_again_while_its_lease_lasts():
    asked("a")
    claim(now=NOON, lease_seconds=30)

    assert claim(now=NOON + 29 * SECOND) is None


def test_a_job_whose_lease_ran_out_is_taken_by_another_and_lost_to_the_first():
    asked("a")
    first = taken(lease_seconds=30)
    second = taken(now=NOON + 30 * SECOND)

    assert second.attempts == 2
    assert run(claimed=first, now=NOON + 31 * SECOND) == Lost()
    assert effects() == []
    assert run(claimed=second, now=NOON + 31 * SECOND) == Done()
    assert effects() == ["a"]


def test_a_failing_job_leaves_no_effect_and_comes_again_later():
    asked("a", kind="test.fail")

    outcome = run(claimed=taken(), now=NOON)

    job = Job.objects.get()
    assert outcome == Again(NOON + 2 * SECOND)
    assert effects() == []
    assert (job.state, job.run_at) == ("ready", NOON + 2 * SECOND)
    assert job.last_error == "RuntimeError: the printer is on fire"


def test_a_job_that_nobody_can_do_comes_again_later():
    asked("a", kind="test.unheard_of")

    assert isinstance(run(claimed=taken(), now=NOON), Again)
    assert "test.unheard_of" in Job.objects.get().last_error


def test_a_job_is_given_up_after_its_last_attempt_and_can_be_revived():
    job = asked("a", kind="test.fail")
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)

    assert run(claimed=taken(), now=NOON) == GiveUp()
    assert claim(now=NOON + timedelta(days=9)) is None

    revive(job_id=job.pk, now=NOON)
    assert taken().attempts == 1


def test_a_job_that_kills_its_worker_every_time_is_given_up():
    asked("a")
    now = NOON
    for _ in range(MOST_ATTEMPTS):
        assert isinstance(claim(now=now, lease_seconds=1), Claimed)
        now += 2 * SECOND

    assert claim(now=now) is None
    assert Job.objects.get().state == "dead"
    assert "died 12 times" in Job.objects.get().last_error


def test_only_a_job_that_was_given_up_can_be_revived():
    job = asked("a")

    with pytest.raises(NotDead):
        revive(job_id=job.pk, now=NOON)


def test_waits_double_up_to_an_hour_and_end_after_twelve_attempts():
    decisions = [after_failure(attempts=n, now=NOON) for n in range(1, MOST_ATTEMPTS)]

    waits = [each.at - NOON for each in decisions if isinstance(each, Again)]
    assert len(waits) == MOST_ATTEMPTS - 1
    assert waits[:4] == [2 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND]
    assert max(waits) <= timedelta(hours=1)
    assert after_failure(attempts=MOST_ATTEMPTS, now=NOON) == GiveUp()


def test_an_idle_worker_takes_no_write_lock(django_assert_num_queries):
    asked("a", at=NOON + SECOND)

    with django_assert_num_queries(2) as queries:
        assert claim(now=NOON) is None
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_two_functions_cannot_claim_one_kind():
    with pytest.raises(HandlerTaken):
        handler("test.note")(lambda payload, now: None)


@pytest.mark.django_db(transaction=True)
def test_work_asked_for_in_a_transaction_that_fails_was_never_asked_for():
    @transaction.atomic
    def asks_and_fails():
        asked("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asks_and_fails()

    assert not Job.objects.exists()


def test_the_commands_list_and_revive_what_was_given_up():
    job = asked("a", kind="test.fail")
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    run(claimed=taken(), now=NOON)

    listed = CliRunner().invoke(app, ["dead"])
    revived = CliRunner().invoke(app, ["retry", str(job.pk)])
    again = CliRunner().invoke(app, ["retry", str(job.pk)])

    assert "the printer is on fire" in listed.output
    assert (revived.exit_code, again.exit_code) == (0, 1)
