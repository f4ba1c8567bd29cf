"""Lists that people tick: who looked, what was in order, what it scores."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.clause import Words
from shouwen.core.kinds.checklist import ChecklistVersion, judge_checklist
from shouwen.core.looking import Item, look_of
from shouwen.core.matter import Matter
from shouwen.core.verdict import Met, Missed, NotApplicable, NotProvable, Running
from tests.core.kinds.moments import CALENDAR, at, event


def item(name, **more):
    return Item(id=name, title=Words(zh=name, en=name), **more)


ITEMS = (
    item("clean"),
    item("badge", points=2),
    item("short_hair", variant="men"),
    item("hair_up", variant="women"),
    item("breath", private=True),
)
VERSION = ChecklistVersion(
    from_=at("01-01 00:00").date(),
    occasions=("start_of_shift", "spot_check", "survey"),
    items=ITEMS,
    start=("staff.duty_began",),
    done_before=("staff.went_ready",),
)
BEGAN = event("staff.duty_began", "03-02 08:00")
READY = event("staff.went_ready", "03-02 08:30")


def judged(*events, version=VERSION, explain=True):
    matter = Matter(
        facts={},
        events=sorted(events, key=lambda happened: happened.at),
        calendar=CALENDAR,
        now=at("03-02 18:00"),
        explain=explain,
        rule_id="tidy",
    )
    return judge_checklist(version, matter)


def looked(moment="03-02 10:00", by="2001", **data):
    return event("spot_check.done", moment, of="1023", by=by, **data)


def listed(moment="03-02 08:10", **data):
    return event("checklist.done", moment, occasion="start_of_shift", of="1", by="1", **data)


def codes(verdict):
    return Counter(step.code for step in verdict.steps)


# --- a spot check


def test_a_spot_check_with_all_in_order_is_met():
    verdict = judged(looked(variant="men"))

    assert isinstance(verdict, Met)
    assert verdict.at == at("03-02 10:00")


def test_an_item_out_of_order_is_missed_and_named():
    verdict = judged(looked(variant="men", failed="badge"))

    assert isinstance(verdict, Missed)
    assert verdict.failed == ("badge",)


def test_womens_items_are_never_asked_of_men():
    verdict = judged(looked(variant="men", failed="hair_up"))

    assert isinstance(verdict, Met)
    assert codes(verdict)["item_of_others"] == 1


def test_mens_items_are_never_asked_of_women():
    assert isinstance(judged(looked(variant="women", failed="short_hair")), Met)


def test_a_person_who_states_no_variant_is_asked_the_common_items_only():
    assert isinstance(judged(looked(failed="short_hair, hair_up")), Met)


def test_an_item_that_is_not_on_the_list_is_named_and_counts_for_nothing():
    verdict = judged(looked(failed="bagde"))

    assert isinstance(verdict, Met)
    assert [step.params["name"] for step in verdict.steps if step.code == "item_unknown"] == [
        "bagde"
    ]


def test_an_item_left_out_is_not_counted():
    verdict = judged(looked(skipped="badge"))

    assert isinstance(verdict, Met)
    assert codes(verdict)["item_left_out"] == 1


def test_an_item_both_out_of_order_and_left_out_was_seen():
    assert isinstance(judged(looked(failed="badge", skipped="badge")), Missed)


def test_a_list_of_which_nothing_came_up_is_not_applicable():
    verdict = judged(looked(skipped="clean, badge"))

    assert isinstance(verdict, NotApplicable)
    assert verdict.reason == "no_items"


def test_nobody_looks_at_private_items_of_others_without_consent():
    assert isinstance(judged(looked(failed="breath")), Met)
    assert isinstance(judged(looked(failed="breath", consent=True)), Missed)


def test_people_tick_private_items_of_themselves():
    verdict = judged(listed(failed="breath"), READY)

    assert isinstance(verdict, Missed)
    assert verdict.failed == ("breath",)


def test_items_of_other_rules_on_the_same_list_are_theirs():
    rules = "tidy, polite"

    assert isinstance(judged(looked(rules=rules, failed="polite.clean")), Met)
    assert isinstance(judged(looked(rules=rules, failed="tidy.clean")), Missed)


def test_a_list_that_does_not_hold_the_rule_says_nothing_about_it():
    verdict = judged(looked(rules="polite", failed="clean"))

    assert isinstance(verdict, NotApplicable)


def test_an_occasion_of_other_rules_says_nothing_about_this_one():
    verdict = judged(event("checklist.done", "03-02 10:00", occasion="before_visit", by="1"))

    assert isinstance(verdict, NotApplicable)


# --- who ticked


def test_a_list_that_nobody_ticked_proves_nothing():
    verdict = judged(looked(by="", failed="clean"))

    assert isinstance(verdict, NotProvable)


def test_a_spot_check_of_oneself_proves_nothing():
    assert isinstance(judged(looked(by="1023")), NotProvable)


def test_a_survey_stands_as_the_customer_answered():
    verdict = judged(
        event("checklist.done", "03-04 10:00", occasion="survey", by="3", failed="clean")
    )

    assert isinstance(verdict, Missed)


# --- before work


def test_a_list_is_awaited_from_the_start_of_the_shift():
    verdict = judged(BEGAN)

    assert isinstance(verdict, Running)
    assert verdict.due_at is None
    assert codes(verdict)["list_awaited"] == 1


def test_ready_without_a_list_is_missed():
    verdict = judged(BEGAN, READY)

    assert isinstance(verdict, Missed)
    assert (verdict.failed, verdict.at) == (("not_looked_at",), None)
    assert codes(verdict)["list_not_done"] == 1


def test_a_list_only_after_ready_is_missed_at_the_list():
    verdict = judged(BEGAN, READY, listed("03-02 08:40"))

    assert isinstance(verdict, Missed)
    assert (verdict.failed, verdict.at) == (("not_looked_at",), at("03-02 08:40"))


def test_what_is_out_of_order_may_be_put_right_before_ready():
    assert isinstance(judged(BEGAN, listed(failed="badge")), Running)
    assert isinstance(judged(BEGAN, listed(failed="badge"), listed("03-02 08:20"), READY), Met)


def test_ready_with_something_out_of_order_is_missed_and_names_it():
    verdict = judged(BEGAN, listed(failed="badge"), READY)

    assert isinstance(verdict, Missed)
    assert verdict.failed == ("badge",)


def test_a_list_done_at_the_very_moment_of_ready_was_done_before():
    assert isinstance(judged(BEGAN, listed("03-02 08:30"), READY), Met)


def test_a_spot_check_later_in_the_shift_can_still_find_something():
    verdict = judged(BEGAN, listed(), READY, looked(failed="badge"))

    assert isinstance(verdict, Missed)
    assert verdict.at == at("03-02 10:00")


def test_a_spot_check_does_not_stand_in_for_the_list_of_the_shift():
    assert isinstance(judged(BEGAN, looked("03-02 08:05")), Running)


def test_nothing_asked_for_is_nothing_to_judge():
    assert isinstance(judged(event("case.reported", "03-02 09:00")), NotApplicable)


def test_steps_are_left_out_when_nobody_asks_for_them():
    assert judged(looked(failed="clean"), explain=False).steps == ()


# --- the score

NAMES = [one.id for one in ITEMS]
some_items = st.lists(st.sampled_from(NAMES), unique=True).map(", ".join)
variants = st.sampled_from(["men", "women", "everyone"])
shares = st.floats(0.01, 1)


def version_of(share, points=None):
    items = (
        ITEMS
        if points is None
        else [item(n, points=p) for n, p in zip(NAMES, points, strict=True)]
    )
    return ChecklistVersion(
        from_=VERSION.from_, occasions=("spot_check",), items=tuple(items), pass_score=share
    )


@pytest.mark.parametrize(("failed", "verdict"), [("clean", Met), ("badge", Missed)])
def test_points_weigh_what_the_list_says(failed, verdict):
    assert isinstance(judged(looked(failed=failed), version=version_of(0.6)), verdict)


def test_a_score_exactly_at_the_share_passes():
    thirds = version_of(0.7, [1, 2, 3, 1, 3])

    assert isinstance(judged(looked(failed="badge, short_hair"), version=thirds), Missed)
    assert isinstance(judged(looked(failed="breath", consent=True), version=thirds), Met)


@given(
    variant=variants, failed=st.sets(st.sampled_from(NAMES)), mended=st.sampled_from(NAMES),
    skipped=some_items, share=shares,
    points=st.lists(st.floats(0.1, 5), min_size=len(NAMES), max_size=len(NAMES)),
)  # fmt: skip
def test_one_more_item_in_order_never_lowers_the_score(
    variant, failed, mended, skipped, share, points
):
    version = version_of(share, points)
    data = {"variant": variant, "skipped": skipped, "consent": True}
    skipped_names = set(skipped.split(", "))
    before = look_of(looked(failed=",".join(failed), **data), version.items, "tidy")
    after = look_of(looked(failed=",".join(failed - {mended}), **data), version.items, "tidy")

    if mended not in skipped_names:
        assert after.score >= before.score
        assert not (before.reaches(share) and not after.reaches(share))


@given(variant=variants, failed=some_items, skipped=some_items)
def test_only_items_of_ones_own_variant_are_counted(variant, failed, skipped):
    look = look_of(looked(variant=variant, failed=failed, skipped=skipped), ITEMS, "tidy")

    assert {one.variant for one in look.counted} <= {"everyone", variant}
    assert set(look.failed) <= set(look.counted)
    assert 0 <= look.score <= 1


moments = st.lists(st.integers(0, 59), unique=True, min_size=1, max_size=6)


@given(minutes=moments, data=st.data())
def test_the_order_in_which_events_are_told_does_not_matter(minutes, data):
    events = [
        data.draw(
            st.sampled_from(
                [
                    event("staff.duty_began", f"03-02 08:{minute:02}"),
                    event("staff.went_ready", f"03-02 08:{minute:02}"),
                    listed(f"03-02 08:{minute:02}", failed=data.draw(some_items)),
                    looked(f"03-02 08:{minute:02}", failed=data.draw(some_items)),
                ]
            )
        )
        for minute in minutes
    ]

    assert judged(*data.draw(st.permutations(events))) == judged(*events)


@given(failed=some_items, variant=variants)
def test_what_is_named_as_failed_is_on_the_list_and_was_asked(failed, variant):
    verdict = judged(looked(failed=failed, variant=variant))

    if isinstance(verdict, Missed):
        asked = {one.id for one in ITEMS if one.variant in ("everyone", variant)}
        assert set(verdict.failed) <= asked & set(failed.split(", "))
