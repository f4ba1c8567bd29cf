"""Training: every topic, an exam passed, renewed in time."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.training import Topic, TrainingVersion, judge_training
from shouwen.core.matter import Matter
from shouwen.core.verdict import Gap, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event

NAME = Words(zh="项", en="topic")
VERSION = TrainingVersion(
    from_=date(2020, 1, 1),
    topics=(Topic(id="law", title=NAME), Topic(id="basics", title=NAME)),
    groups=("hotline",),
    train_every_months=12,
    exam_every_months=24,
    first_within_months=3,
    pass_mark=80,
)
JOINED = event("staff.created", "2025-01-05 09:00")
TRAINED = event("training.attended", "2025-02-10 09:00")


def exam(moment="2025-02-20 09:00", **data):
    return event("exam.taken", moment, **data)


def judged(*events, now="2025-12-01 09:00", version=VERSION):
    return judge_training(version, Matter(facts={}, events=events, calendar=CALENDAR, now=at(now)))


def test_somebody_new_has_so_many_months_for_the_first():
    verdict = judged(JOINED, now="2025-02-01 09:00")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("2025-04-06 00:00")
    assert judged(JOINED, now="2025-04-06 00:00:01").failed == (
        "topics.law",
        "topics.basics",
        "exam",
    )


def test_the_first_to_be_due_is_what_runs():
    assert judged(JOINED, TRAINED, exam(score=86)).due_at == at("02-11 00:00")


def test_exactly_the_pass_mark_passes_and_a_point_less_does_not():
    assert isinstance(judged(JOINED, TRAINED, exam(score=80)), Running)
    failed = judged(JOINED, TRAINED, exam(score=79))
    assert failed.failed == ("exam",)
    assert "exam_failed" in [step.code for step in failed.steps]


def test_a_topic_left_out_is_named():
    half = event("training.attended", "2025-02-10 09:00", topics="law")

    assert judged(JOINED, half, exam(score=90)).failed == ("topics.basics",)


def test_a_certificate_holds_no_longer_than_it_says():
    short = exam(score=90, valid_until="2025-10-01")

    assert judged(JOINED, TRAINED, short).failed == ("exam",)
    assert judged(JOINED, TRAINED, short, now="2025-09-01 09:00").due_at == at("2025-10-02 00:00")


def test_a_certificate_taken_back_holds_no_more_until_the_next_exam():
    revoked = event("certificate.revoked", "2025-06-01 09:00")

    assert judged(JOINED, TRAINED, exam(score=90), revoked).failed == ("exam",)
    again = exam("2025-07-01 09:00", score=90)
    assert isinstance(judged(JOINED, TRAINED, exam(score=90), revoked, again), Running)


def test_without_a_pass_mark_the_examiner_says_who_passed():
    version = replace(VERSION, pass_mark=None)

    assert isinstance(judged(JOINED, TRAINED, exam(passed=True), version=version), Running)
    assert judged(JOINED, TRAINED, exam(score=99), version=version).failed == ("exam",)


def test_numbers_that_nobody_gives_are_a_gap():
    version = replace(VERSION, train_every_months=None, exam_every_months=None)

    assert judged(JOINED, version=version) == Gap(reason="value_not_given")


def test_who_left_owes_nothing_and_who_came_back_starts_anew():
    left = event("staff.deactivated", "2025-03-01 09:00")
    back = event("staff.reactivated", "2025-11-01 09:00")

    assert isinstance(judged(JOINED, left), NotApplicable)
    assert judged(JOINED, left, back).due_at == at("02-02 00:00")


@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(60, 100)), max_size=6), st.integers(0, 900)
)
def test_more_training_and_better_marks_never_make_it_worse(exams, now):
    moment = JOINED.at + timedelta(days=now)

    def verdict(plus):
        events = [
            replace(exam(score=s + plus), at=JOINED.at + timedelta(days=d))
            for d, s in sorted(exams)
            if d <= now
        ]
        events += [replace(e, kind="training.attended", data={}) for e in events]
        events.sort(key=lambda e: e.at)
        return judge_training(
            VERSION, Matter(facts={}, events=[JOINED, *events], calendar=CALENDAR, now=moment)
        )

    plain, better = verdict(0), verdict(15)

    assert isinstance(better, Running) or isinstance(plain, Missed)
