"""Each place has the ground nearer to it than to any other."""

from shouwen.core.schematic import cells


def test_two_places_share_the_ground_in_the_middle():
    left, right = cells(points=[(1, 1), (3, 1)], width=4, height=2)

    assert set(left) == {(0, 0), (2, 0), (2, 2), (0, 2)}
    assert set(right) == {(2, 0), (4, 0), (4, 2), (2, 2)}


def test_a_second_place_at_the_same_spot_has_no_ground():
    first, second = cells(points=[(1, 1), (1, 1)], width=2, height=2)

    assert first
    assert second == ()
