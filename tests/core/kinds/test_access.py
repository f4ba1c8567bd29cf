"""Controls: what nobody may do alone, unrecorded, or for ever."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Limit, Words
from shouwen.core.kinds.access import AccessVersion, judge_access
from shouwen.core.kinds.controls import Control
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, Running
from tests.core.kinds.moments import CALENDAR, at, event


def control(name, effect, *acts, **more):
    return Control(id=name, title=Words(zh=name, en=name), effect=effect, acts=acts, **more)


EIGHT_HOURS = Limit(value=8, unit="hours")
FOR_ANOTHER = (
    control(
        "two_consents",
        "approve",
        "acted_for_another",
        approvers=("station_manager", "staff_owner"),
        together=True,
    ),
    control("limited", "refuse", "acted_for_another", at_most=EIGHT_HOURS),
    control("on_record", "record", "acted_for_another", needs=("by", "for")),
)
KEPT = control(
    "kept",
    "register",
    "copied",
    needs=("medium", "keeper", "destroy_on"),
    within=Limit(value=1, unit="hours"),
    until_ended=True,
    destroyed_by_two=True,
)
ENTRY = {"medium": "U07", "keeper": "4001", "destroy_on": "2026-03-31"}


def judged(*events, controls=FOR_ANOTHER, now="04-30 12:00", explain=True):
    moment = at(now)
    matter = Matter(
        facts={},
        events=sorted((e for e in events if e.at <= moment), key=lambda happened: happened.at),
        calendar=CALENDAR,
        now=moment,
        explain=explain,
    )
    return judge_access(AccessVersion(from_=at("01-01 00:00").date(), controls=controls), matter)


def leave(role, by, moment="03-02 08:00", until="2026-03-02T12:00:00+08:00", **more):
    return event(
        "custody.approved", moment, act="acted_for_another", role=role, by=by, until=until, **more
    )


def acted(moment="03-02 10:00", by="1024", whom="1023"):
    return event("custody.done", moment, act="acted_for_another", by=by, **{"for": whom})


def copied(moment="03-02 09:00", **more):
    return event("custody.done", moment, act="copied", by="1023", **more)


def entered(moment="03-02 09:30", **more):
    return event("custody.registered", moment, act="copied", **{**ENTRY, **more})


MANAGER, OWNER = leave("station_manager", "2001"), leave("staff_owner", "1023")


def failed(verdict):
    assert isinstance(verdict, Missed)
    return verdict.failed


def reasons(verdict):
    return [step.params["why"] for step in verdict.steps if "why" in step.params]


# --- under another's number


def test_two_consents_beforehand_let_a_colleague_act():
    verdict = judged(MANAGER, OWNER, acted())

    assert isinstance(verdict, Met)
    assert [step.code for step in verdict.steps] == ["act_done_by", *["control_kept"] * 3]


def test_without_any_consent_every_control_that_was_passed_is_named():
    assert failed(judged(acted())) == ("two_consents", "limited")


@pytest.mark.parametrize("alone", [MANAGER, OWNER])
def test_one_consent_is_not_two(alone):
    assert failed(judged(alone, acted())) == ("two_consents",)


def test_a_consent_after_the_act_came_too_late():
    late = leave("staff_owner", "1023", "03-02 10:01")

    assert failed(judged(MANAGER, late, acted())) == ("two_consents",)


def test_a_consent_that_begins_later_does_not_cover_the_act():
    later = leave("staff_owner", "1023", since="2026-03-02T11:00:00+08:00")

    assert failed(judged(MANAGER, later, acted())) == ("two_consents",)


def test_a_consent_does_not_reach_back_before_it_was_given():
    reaching_back = leave("staff_owner", "1023", "03-02 10:01", since="2026-03-02T08:00:00+08:00")

    assert failed(judged(MANAGER, reaching_back, acted())) == ("two_consents",)


def test_nobody_consents_for_the_owner_of_the_number():
    assert failed(judged(MANAGER, leave("staff_owner", "1025"), acted())) == ("two_consents",)


def test_nobody_allows_themselves():
    verdict = judged(leave("station_manager", "1024"), acted())

    assert failed(verdict) == ("two_consents",)
    assert reasons(verdict)[0] == "own_leave"


def test_one_person_is_not_two():
    verdict = judged(leave("station_manager", "1023"), OWNER, acted())

    assert failed(verdict) == ("two_consents",)
    assert reasons(verdict) == ["same_person"]


def test_a_consent_that_ran_out_covers_nothing():
    verdict = judged(MANAGER, OWNER, acted("03-02 12:01"))

    assert failed(verdict) == ("two_consents", "limited")
    assert set(reasons(verdict)) == {"leave_run_out"}


def test_a_consent_covers_its_last_moment():
    assert isinstance(judged(MANAGER, OWNER, acted("03-02 12:00")), Met)


@pytest.mark.parametrize("until", ["", "2026-03-02T16:00:01+08:00"])
def test_a_consent_without_an_end_or_with_too_late_an_end_is_too_long(until):
    manager = leave("station_manager", "2001", until=until)
    owner = leave("staff_owner", "1023", until=until)

    assert failed(judged(manager, owner, acted())) == ("limited",)


def test_a_consent_of_exactly_the_limit_is_not_too_long():
    until = "2026-03-02T16:00:00+08:00"
    manager = leave("station_manager", "2001", until=until)

    assert isinstance(judged(manager, leave("staff_owner", "1023", until=until), acted()), Met)


@pytest.mark.parametrize("until", ["noon", "2026-03-02T12:00:00"])
def test_a_consent_whose_end_cannot_be_read_allows_nothing(until):
    unclear = leave("staff_owner", "1023", until=until)

    assert failed(judged(MANAGER, unclear, acted())) == ("two_consents",)


def test_a_consent_can_be_withdrawn():
    back = event("custody.withdrawn", "03-02 09:00", act="acted_for_another", by="1023")

    assert failed(judged(MANAGER, OWNER, back, acted())) == ("two_consents",)


def test_a_consent_given_again_counts_again():
    back = event("custody.withdrawn", "03-02 09:00", act="acted_for_another", by="1023")
    again = leave("staff_owner", "1023", "03-02 09:30")

    assert isinstance(judged(MANAGER, OWNER, back, again, acted()), Met)


def test_an_act_that_does_not_say_for_whom_is_not_on_record():
    verdict = judged(MANAGER, acted(whom=""))

    assert failed(verdict) == ("two_consents", "on_record")


def test_a_refused_act_is_what_the_control_is_for():
    verdict = judged(event("custody.refused", "03-02 10:00", act="acted_for_another", by="1024"))

    assert isinstance(verdict, Met)


def test_an_act_that_happened_after_a_refusal_is_judged_as_it_happened():
    refused = event("custody.refused", "03-02 09:00", act="acted_for_another", by="1024")

    assert failed(judged(refused, acted())) == ("two_consents", "limited")


def test_a_consent_alone_runs_until_something_is_done():
    verdict = judged(MANAGER)

    assert isinstance(verdict, Running)
    assert verdict.due_at is None


def test_an_act_that_no_control_watches_is_not_its_matter():
    assert judged(copied()) == NotApplicable(reason="no_controlled_act")


# --- one of several approvers


APPROVED = (control("approved", "approve", "copied", approvers=("station_manager", "security")),)


@pytest.mark.parametrize("role", ["station_manager", "security"])
def test_any_of_the_approvers_is_enough_where_they_need_not_agree(role):
    given_leave = event("custody.approved", "03-02 08:00", act="copied", role=role, by="2001")

    assert isinstance(judged(given_leave, copied(), controls=APPROVED), Met)


def test_a_consent_of_somebody_else_is_not_an_approval():
    by_qa = event("custody.approved", "03-02 08:00", act="copied", role="qa", by="2001")
    verdict = judged(by_qa, copied(), controls=APPROVED)

    assert failed(verdict) == ("approved",)
    assert [step.params["name"] for step in verdict.steps if step.code == "missing"] == [
        "station_manager",
        "security",
    ]


def test_a_consent_to_another_act_is_none_to_this_one():
    to_print = event("custody.approved", "03-02 08:00", act="printed", role="security", by="2001")

    assert failed(judged(to_print, copied(), controls=APPROVED)) == ("approved",)


def test_what_is_never_let_through_is_missed_when_it_happened():
    never = (control("never", "refuse", "disclosed"),)
    leaked = event("custody.done", "03-02 09:00", act="disclosed", by="1023")

    assert failed(judged(leaked, controls=never)) == ("never",)


# --- the register


def test_a_copy_runs_until_it_must_be_entered():
    verdict = judged(copied(), controls=(KEPT,), now="03-02 09:59")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("03-02 10:00")


def test_a_copy_that_was_not_entered_is_missed():
    verdict = judged(copied(), controls=(KEPT,), now="03-02 10:01")

    assert failed(verdict) == ("kept",)
    assert verdict.due_at == at("03-02 10:00")


def test_an_entry_without_a_keeper_is_none():
    assert failed(judged(copied(), entered(keeper=""), controls=(KEPT,))) == ("kept",)


def test_an_entry_that_came_late_is_missed_at_the_entry():
    verdict = judged(copied(), entered("03-02 11:00"), controls=(KEPT,))

    assert failed(verdict) == ("kept",)
    assert verdict.at == at("03-02 11:00")


def test_an_act_that_says_everything_is_its_own_entry():
    verdict = judged(copied(**ENTRY), controls=(KEPT,), now="03-02 09:01")

    assert isinstance(verdict, Running)
    assert verdict.due_at == at("04-01 00:00")


def test_an_entry_runs_to_the_end_of_its_last_day():
    last = judged(copied(), entered(), controls=(KEPT,), now="03-31 23:59")
    over = judged(copied(), entered(), controls=(KEPT,), now="04-01 00:00")

    assert isinstance(last, Running)
    assert failed(over) == ("kept",)


def test_a_copy_given_back_in_time_is_met():
    back = event("custody.returned", "03-31 23:59", act="copied", by="1023")

    assert isinstance(judged(copied(), entered(), back, controls=(KEPT,)), Met)


def test_a_copy_given_back_a_day_late_is_missed_then():
    back = event("custody.returned", "04-01 00:00", act="copied", by="1023")
    verdict = judged(copied(), entered(), back, controls=(KEPT,))

    assert failed(verdict) == ("kept",)
    assert verdict.at == at("04-01 00:00")


@pytest.mark.parametrize(("second", "verdict"), [("4001", Met), ("", Missed), ("1023", Missed)])
def test_two_people_are_there_when_something_is_destroyed(second, verdict):
    gone = event("custody.destroyed", "03-20 09:00", act="copied", by="1023", second=second)

    assert isinstance(judged(copied(), entered(), gone, controls=(KEPT,)), verdict)


def test_an_entry_whose_end_cannot_be_read_has_none():
    verdict = judged(copied(), entered(destroy_on="soon"), controls=(KEPT,))

    assert failed(verdict) == ("kept",)
    assert reasons(verdict) == ["no_end_day"]


def test_an_event_of_its_own_kind_is_the_act_as_well():
    printed = event("case.printed", "03-02 09:00", print=1, keeper="1023", destroy_on="2026-03-31")
    numbered = (control("numbered", "register", "printed", needs=("print", "keeper")),)

    assert isinstance(judged(printed, controls=numbered), Met)


def test_the_actor_of_an_event_counts_before_what_its_data_say():
    read = replace(event("data.read", "03-02 09:00", purpose="call_back"), by="1023")
    recorded = (control("recorded", "record", "read", needs=("by", "purpose")),)

    assert isinstance(judged(read, controls=recorded), Met)


def test_steps_are_left_out_when_nobody_asks_for_them():
    assert judged(acted(), explain=False).steps == ()


# --- laws

roles = st.sampled_from(["station_manager", "staff_owner", "qa"])
people = st.sampled_from(["1023", "1024", "2001"])
consents = st.lists(
    st.builds(leave, roles, people, st.sampled_from(["03-02 08:00", "03-02 09:00"])), max_size=5
)


@given(consents, st.builds(leave, roles, people))
def test_one_more_consent_never_makes_it_worse(given_leaves, more):
    before = judged(*given_leaves, acted())
    after = judged(*given_leaves, more, acted())

    assert not (isinstance(before, Met) and isinstance(after, Missed))


@given(consents)
def test_whoever_acts_under_another_number_is_never_alone_in_it(given_leaves):
    verdict = judged(*given_leaves, acted())

    if isinstance(verdict, Met):
        consenting = {consent.data["by"] for consent in given_leaves}
        assert len({"1024", *consenting}) >= 3


@given(consents, st.permutations(range(6)))
def test_the_order_in_which_consents_are_told_does_not_matter(given_leaves, order):
    events = [*given_leaves, acted()]
    shuffled = [events[i] for i in order if i < len(events)]

    assert type(judged(*shuffled)) is type(judged(*events))
