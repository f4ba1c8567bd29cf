from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.jobs.models import Job
from shouwen.jobs.operations import (
    Done,
    NotDead,
    ask_for_periodic,
    claim,
    give_up,
    prune,
    revive,
    run,
)
from shouwen.jobs.queries import load, newest_dead_jobs
from shouwen.jobs.registry import HandlerTaken, errand, handler, when_dropped
from shouwen.journal.models import Entry
from tests.apps.jobs.effects import NOON, asked, effects, note, taken
from tests.people import staff

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
told: list[str] = []


@errand("test.errand")
def goes_out(payload, now):
    told.append(payload["key"])
    return lambda now: note(payload, now)


@when_dropped("test.note")
def hears_of_it(payload, now):
    note({"key": f"dropped {payload['key']}"}, now)


def dead(key: str = "a", *, error: str = "RuntimeError: no", **more) -> Job:
    job = asked(key, **more)
    Job.objects.filter(pk=job.pk).update(state="dead", attempts=12, last_error=error)
    return job


# --- errands --------------------------------------------------------------------------------------


def test_an_errand_goes_out_before_its_effects_are_written():
    told.clear()
    asked("a", kind="test.errand")

    outcome = run(claimed=taken(), now=NOON)

    assert (outcome, told, effects()) == (Done(), ["a"], ["a"])


def test_an_errand_whose_job_was_lost_meanwhile_writes_nothing():
    asked("a", kind="test.errand")
    slow = taken(lease_seconds=1)
    run(claimed=taken(now=NOON + 2 * SECOND), now=NOON + 2 * SECOND)

    run(claimed=slow, now=NOON + 3 * SECOND)

    assert effects() == ["a"]


@pytest.mark.parametrize(("register", "kind"), [(errand, "test.note"), (handler, "test.errand")])
def test_a_kind_is_done_in_one_way(register, kind):
    with pytest.raises(HandlerTaken):
        register(kind)(lambda payload, now: None)


# --- what a person decides ------------------------------------------------------------------------


def test_a_job_dropped_for_good_keeps_the_reason_and_tells_who_asked_for_it():
    job = dead()

    give_up(job_id=job.pk, reason="已电话通知", by="9201", now=NOON)

    job.refresh_from_db()
    assert (job.state, job.dropped_by, job.drop_reason) == ("dropped", "9201", "已电话通知")
    assert Entry.objects.filter(data__key="dropped a").count() == 1
    assert claim(now=NOON + DAY) is None
    with pytest.raises(NotDead):
        revive(job_id=job.pk, now=NOON)


def test_the_journal_tells_who_decided_but_not_in_which_words():
    job = dead("a", kind="test.slow")
    revive(job_id=job.pk, by="9001", now=NOON)
    Job.objects.update(state="dead")
    give_up(job_id=job.pk, reason="张先生已知道", by="9201", now=NOON + SECOND)

    entries = Entry.objects.filter(subject_kind="job").order_by("recorded_at")
    assert [(entry.kind, entry.actor) for entry in entries] == [
        ("job.revived", "9001"),
        ("job.given_up", "9201"),
    ]
    assert entries[0].subject_id == entries[1].subject_id
    assert "张先生" not in str([entry.data for entry in entries])


def test_only_a_dead_job_can_be_dropped():
    with pytest.raises(NotDead):
        give_up(job_id=asked("a").pk, reason="x", by="9201", now=NOON)


# --- clearing away --------------------------------------------------------------------------------


def ended(key: str, state: str, *, days_ago: int) -> None:
    asked(key)
    Job.objects.filter(key=key).update(state=state, done_at=NOON - days_ago * DAY)


def test_only_jobs_that_ended_long_ago_are_cleared_away():
    ended("done long ago", "done", days_ago=31)
    ended("done lately", "done", days_ago=29)
    ended("dropped lately", "dropped", days_ago=399)
    ended("dropped long ago", "dropped", days_ago=401)
    asked("waits", at=NOON - 900 * DAY)
    dead("dead", at=NOON - 900 * DAY)

    prune(now=NOON)

    kept = set(Job.objects.values_list("key", flat=True))
    assert kept == {"done lately", "dropped lately", "waits", "dead"}


def test_many_jobs_are_cleared_away_a_batch_at_a_time():
    for n in range(5):
        ended(str(n), "done", days_ago=31)

    assert [prune(now=NOON, batch=2) for _ in range(4)] == [2, 2, 1, 0]


def test_clearing_away_is_done_every_night():
    ended("old", "done", days_ago=31)
    ask_for_periodic(now=NOON)
    ask_for_periodic(now=NOON + DAY)

    while claimed := claim(now=NOON + DAY, queue="outside"):
        run(claimed=claimed, now=NOON + DAY)

    assert not Job.objects.filter(key="old").exists()


# --- how the outbox stands ------------------------------------------------------------------------


def test_the_load_says_how_long_the_oldest_due_job_waits():
    asked("old", at=NOON - 90 * SECOND)
    asked("new", at=NOON)
    asked("later", at=NOON + DAY)
    dead("dead", at=NOON - DAY)

    found = load(now=NOON)

    assert (found.due, found.running, found.dead) == (2, 0, 1)
    assert (found.oldest_due_at, found.lag) == (NOON - 90 * SECOND, 90 * SECOND)


def test_the_load_of_a_queue_is_its_own():
    asked("a", queue="outside", at=NOON - DAY)

    assert load(now=NOON, queue="default").due == 0
    assert load(now=NOON, queue="outside").lag == DAY


def test_nothing_due_is_no_lag():
    assert load(now=NOON).lag == timedelta()
    assert load(now=NOON).oldest_due_at is None


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def desk(client):
    """The administrator's browser."""
    client.force_login(staff("admin"))
    return client


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("chen", 200), ("zhou_min", 403),
                                             ("wang_min", 403), ("auditor", 403)])  # fmt: skip
def test_administrators_and_managers_mend_jobs_and_nobody_else(client, who, status):
    job = dead("a", kind="test.slow")
    client.force_login(staff(who))

    seen = client.get(reverse("dead_jobs")).status_code
    dropped = client.post(reverse("give_up_job", args=[job.pk]), {"reason": ""}).status_code
    revived = client.post(reverse("revive_job", args=[job.pk])).status_code

    allowed = {200: (200, 400, 302), 403: (403, 403, 403)}
    assert (seen, dropped, revived) == allowed[status]


def test_a_dead_job_is_shown_in_one_line_without_numbers_of_people(desk):
    dead(error="ValueError: no customer 14077002093\n  File x\n  File y")

    (row,) = desk.get(reverse("dead_jobs")).context["page"].rows

    assert (row.error, row.attempts) == ("ValueError: no customer …", "12")


def test_a_dead_job_is_done_again_at_a_click(desk):
    job = dead("a", kind="test.slow")

    answer = desk.post(reverse("revive_job", args=[job.pk]))

    assert answer["Location"] == reverse("dead_jobs")
    assert Job.objects.get().state == "ready"
    assert Entry.objects.get().actor == "9201"


def test_dropping_needs_a_reason(desk):
    job = dead("a", kind="test.slow")

    without = desk.post(reverse("give_up_job", args=[job.pk]), {"reason": " "})
    with_one = desk.post(reverse("give_up_job", args=[job.pk]), {"reason": "已电话通知"})

    assert without.status_code == 400
    assert "写明放弃的原因" in without.content.decode()
    assert with_one.status_code == 302
    assert Job.objects.get().drop_reason == "已电话通知"


@pytest.mark.parametrize(("name", "data"), [("revive_job", {}), ("give_up_job", {"reason": "x"})])
def test_what_somebody_else_has_mended_is_said_in_words(desk, name, data):
    job = asked("a")

    answer = desk.post(reverse(name, args=[job.pk]), data)

    assert answer.status_code == 409
    assert "已经不在失败之列" in answer.content.decode()


def test_pages_follow_each_other_without_gap_or_repeat(desk, django_assert_max_num_queries):
    for n in range(120):
        dead(str(n))

    address, seen = reverse("dead_jobs"), []
    while address:
        with django_assert_max_num_queries(7):
            page = desk.get(address).context["page"]
        seen += [row.number for row in page.rows]
        address = page.more_url

    expected = [str(job.pk) for job in newest_dead_jobs(limit=500)]
    assert seen == expected
    assert len(seen) == 120


def test_nonsense_in_the_address_shows_the_first_page(desk):
    dead()

    for mark in ("x", "²", "-1", "9" * 40):
        assert len(desk.get(reverse("dead_jobs"), {"before": mark}).context["page"].rows) == 1
