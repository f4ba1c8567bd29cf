"""A draw that anybody can repeat and nobody can steer."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.drawing import drawn, size_of_sample

IDS = st.lists(st.text("abcdef0123456789", min_size=1, max_size=8), unique=True, max_size=40)
SEEDS = st.text(max_size=12)


@given(IDS, SEEDS, st.integers(0, 50), st.randoms())
def test_the_order_of_the_ids_changes_nothing(ids, seed, n, random):
    shuffled = random.sample(ids, len(ids))

    assert drawn(ids=ids, seed=seed, n=n) == drawn(ids=shuffled, seed=seed, n=n)


@given(IDS, SEEDS, st.integers(0, 50))
def test_so_many_are_drawn_and_each_once(ids, seed, n):
    sample = drawn(ids=ids, seed=seed, n=n)

    assert len(sample) == min(n, len(ids))
    assert len(set(sample)) == len(sample)
    assert set(sample) <= set(ids)


@given(IDS, SEEDS, st.integers(0, 20))
def test_drawing_one_more_swaps_nobody(ids, seed, n):
    assert drawn(ids=ids, seed=seed, n=n + 1)[:n] == drawn(ids=ids, seed=seed, n=n)


def test_everybody_has_the_same_chance():
    ids = [f"case-{i}" for i in range(10)]
    times = dict.fromkeys(ids, 0)

    for day in range(2000):
        for one in drawn(ids=ids, seed=f"day-{day}", n=3):
            times[one] += 1

    assert all(540 <= n <= 660 for n in times.values())


def test_the_size_is_rounded_up_and_never_more_than_there_are():
    assert size_of_sample(population=21, share=0.1) == 3
    assert size_of_sample(population=20, share=0.1) == 2
    assert size_of_sample(population=2, share=0.1, at_least=3) == 2
