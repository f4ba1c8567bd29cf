"""A schematic map without a map: each place has the ground that lies nearer to it than to any other."""

from collections.abc import Sequence

Point = tuple[float, float]


def cells(*, points: Sequence[Point], width: float, height: float) -> list[tuple[Point, ...]]:
    """For each point the corners of its cell within a rectangle from (0, 0), in order.

    Of points in the same place the first has the ground; the others have none.
    """
    frame = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return [_cell(place, points, frame) for place in range(len(points))]


def _cell(place: int, points: Sequence[Point], frame: tuple[Point, ...]) -> tuple[Point, ...]:
    here, found = points[place], frame
    for number, there in enumerate(points):
        if there == here:
            if number < place:
                return ()
            continue
        found = _nearer(found, here, there)
        if not found:
            return ()
    return found


def _nearer(corners: tuple[Point, ...], here: Point, there: Point) -> tuple[Point, ...]:
    """The part of a convex area that is nearer to `here`."""
    middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
    towards = (there[0] - here[0], there[1] - here[1])

    def beyond(point: Point) -> float:
        return (point[0] - middle[0]) * towards[0] + (point[1] - middle[1]) * towards[1]

    found: list[Point] = []
    for n, corner in enumerate(corners):
        before = corners[n - 1]
        side, side_before = beyond(corner), beyond(before)
        if (side > 0) != (side_before > 0):
            share = side_before / (side_before - side)
            found.append(
                (
                    before[0] + share * (corner[0] - before[0]),
                    before[1] + share * (corner[1] - before[1]),
                )
            )
        if side <= 0:
            found.append(corner)
    return tuple(found)
