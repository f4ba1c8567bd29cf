"""What was heard on a call stands as ruled and counts in the figures, beside what is judged on its case."""

from datetime import date, timedelta

import pytest

from shouwen.clocks.models import FigureChange, Ruling
from shouwen.clocks.operations import recompute
from shouwen.clocks.queries.figures import Counts, figures
from shouwen.hotline.models import Call, CallVerdict
from shouwen.hotline.operations.ruling import FILL_RULINGS
from shouwen.jobs.operations import enqueue
from shouwen.jobs.worker import work_once
from shouwen.people.models import Staff
from shouwen.ui.wording import local_day
from tests import calls
from tests.calls import AFTERWARDS, played, samples

pytestmark = pytest.mark.django_db
WORDS = {"kept": "met", "broken": "missed", "not_provable": "not_provable"}


@pytest.fixture(autouse=True)
def _posts() -> None:
    calls.take_up_posts()


def taken(name: str = "S08") -> Call:
    assert played(samples()[name]).bad == []
    return Call.objects.select_related("staff__department").get(call_id=name)


def ruled(call: Call) -> list[tuple[str, str]]:
    rows = Ruling.objects.filter(subject_kind="call", subject_id=call.pk)
    return sorted(rows.values_list("rule_id", "verdict"))


def agent_of(call: Call) -> Staff:
    """Who took the call."""
    assert call.staff is not None
    return call.staff


def day_of(call: Call) -> date:
    """The local day on which it ended."""
    assert call.ended_at is not None
    return local_day(call.ended_at)


def test_every_verdict_on_a_call_is_a_ruling_on_the_person_who_took_it():
    call = taken()

    verdicts = call.verdicts.values_list("rule_id", "verdict")
    assert ruled(call) == sorted((rule, WORDS[verdict]) for rule, verdict in verdicts)
    ruling = Ruling.objects.filter(subject_id=call.pk)[0]
    assert (ruling.staff_no, ruling.department) == (agent_of(call).staff_no, "hotline")
    assert ruling.day == day_of(call)


def test_the_figures_of_a_person_hold_their_calls():
    call = taken()
    day = day_of(call)
    kept = call.verdicts.filter(verdict="kept", rule_id__startswith="closing").get()

    found = figures(since=day, until=day + timedelta(days=1), staff_no=agent_of(call).staff_no)

    assert found[kept.rule_id] == Counts(met=1)


def test_a_call_that_is_played_again_counts_once():
    call = taken()
    before = FigureChange.objects.count()

    played(samples()["S08"])

    assert FigureChange.objects.count() == before
    assert len(ruled(call)) == call.verdicts.count()


def test_a_ruling_that_is_not_what_was_heard_is_found_and_mended():
    call = taken()
    heard = ruled(call)
    Ruling.objects.filter(subject_id=call.pk, verdict="met").update(verdict="missed")
    Ruling.objects.filter(subject_id=call.pk, rule_id=heard[0][0]).delete()

    found = [each for each in recompute(check=True, now=AFTERWARDS) if each.subject.kind == "call"]
    list(recompute(check=False, now=AFTERWARDS))

    assert {each.columns for each in found} == {("ruling",), ("ruling.verdict",)}
    assert ruled(call) == heard
    again = recompute(check=True, now=AFTERWARDS)
    assert [each for each in again if each.subject.kind == "call"] == []


def test_a_ruling_of_a_call_without_verdicts_goes():
    call = taken()
    CallVerdict.objects.filter(call=call).delete()

    list(recompute(check=False, now=AFTERWARDS))

    assert ruled(call) == []


def test_calls_taken_before_rulings_were_kept_get_theirs_from_the_worker():
    taken_calls = [taken(name) for name in ("S08", "S02")]
    heard = [ruled(call) for call in taken_calls]
    Ruling.objects.all().delete()
    FigureChange.objects.all().delete()

    for _twice in range(2):
        enqueue(
            kind=FILL_RULINGS,
            key=f"fill:{_twice}",
            payload={"after": ""},
            run_at=AFTERWARDS,
            now=AFTERWARDS,
        )
    while work_once(clock=lambda: AFTERWARDS + timedelta(days=30)):
        pass

    assert [ruled(call) for call in taken_calls] == heard
    words = Ruling.objects.filter(subject_kind="call").exclude(verdict="running")
    assert FigureChange.objects.filter(rule_id__in=words.values("rule_id")).count() > 0
