"""Drawing calls for review: the same for everybody, the riskiest first, the rest spread over all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.review_drawing import Candidate, DrawPlan, draw_calls, size_of_draw, weight_of

WEIGHTS = {"broken": 3, "complaint": 4, "long_hold": 2}
PLAN = DrawPlan(share=0.5, risk_share=0.5, weights=WEIGHTS)

candidates = st.lists(
    st.builds(
        Candidate,
        id=st.uuids().map(str),
        agent=st.sampled_from(["1031", "1015", "1044"]),
        kind=st.sampled_from(["repair", "complaint"]),
        band=st.sampled_from(["morning", "evening"]),
        signs=st.frozensets(st.sampled_from([*WEIGHTS, "unknown"])),
    ),
    max_size=40,
    unique_by=lambda one: one.id,
)
plans = st.builds(
    DrawPlan,
    share=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    at_least=st.integers(0, 10),
    at_most=st.integers(0, 20),
    risk_share=st.sampled_from([0.0, 0.3, 1.0]),
    each_agent=st.integers(0, 2),
    weights=st.just(WEIGHTS),
)


def calls(agent: str, n: int, **more: object) -> list[Candidate]:
    return [Candidate(f"{agent}-{place:03d}", agent, **more) for place in range(n)]  # type: ignore[arg-type]  # given by name in the tests


@given(candidates, plans, st.text(max_size=8), st.randoms())
def test_the_same_seed_and_calls_give_the_same_draw_in_whatever_order(pool, plan, seed, chance):
    other = list(pool)
    chance.shuffle(other)

    assert draw_calls(candidates=other, seed=seed, plan=plan) == draw_calls(
        candidates=pool, seed=seed, plan=plan
    )


@given(candidates, plans, st.text(max_size=8))
def test_a_draw_has_its_size_and_no_call_twice(pool, plan, seed):
    found = [each.candidate.id for each in draw_calls(candidates=pool, seed=seed, plan=plan)]

    assert len(found) == len(set(found)) == size_of_draw(population=len(pool), plan=plan)
    assert set(found) <= {one.id for one in pool}


@given(candidates, plans, st.text(max_size=8))
def test_no_call_left_out_is_riskier_than_one_led_by_risk(pool, plan, seed):
    found = draw_calls(candidates=pool, seed=seed, plan=plan)
    risky = [weight_of(each.candidate, WEIGHTS) for each in found if each.by_risk]
    taken = {each.candidate.id for each in found}
    left = [weight_of(one, WEIGHTS) for one in pool if one.id not in taken]

    assert all(weight > 0 for weight in risky)
    assert not risky or not left or min(risky) >= max(left)


def test_another_seed_draws_other_calls():
    pool = calls("1031", 100)

    one, other = (draw_calls(candidates=pool, seed=seed, plan=PLAN) for seed in ("a", "b"))

    assert {each.candidate.id for each in one} != {each.candidate.id for each in other}


def test_a_sample_holds_every_stratum_in_proportion():
    pool = calls("1031", 60) + calls("1015", 20) + calls("1044", 20)

    found = draw_calls(candidates=pool, seed="s", plan=DrawPlan(share=0.25, weights={}))

    times = Counter(each.candidate.agent for each in found)
    assert abs(times["1031"] - 15) <= 1
    assert abs(times["1015"] - 5) <= 1


def test_nobody_who_took_few_calls_is_passed_over():
    pool = calls("1031", 200) + calls("1015", 1)

    plan = DrawPlan(share=0.02, each_agent=1, weights={})
    found = draw_calls(candidates=pool, seed="s", plan=plan)

    assert "1015" in {each.candidate.agent for each in found}


def test_the_riskiest_call_comes_first():
    pool = [*calls("1031", 30), Candidate("x", "1015", signs=frozenset({"broken", "complaint"}))]

    first = draw_calls(candidates=pool, seed="s", plan=PLAN)[0]

    assert (first.candidate.id, first.by_risk) == ("x", True)
