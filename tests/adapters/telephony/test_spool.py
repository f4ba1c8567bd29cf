"""Events wait on the disk until the database has them."""

from datetime import timedelta
from pathlib import Path

import pytest

from shouwen.adapters.telephony.spool import Spool, SpoolFull
from shouwen.core.telephony import LineEvent
from tests.adapters.telephony.lines import BEGAN


def events(count: int, *, first: int = 0) -> list[LineEvent]:
    return [
        LineEvent(
            id=f"e{n}", call="c", type="arrived", at=BEGAN + timedelta(seconds=n), number="啊"
        )
        for n in range(first, first + count)
    ]


def drained(spool: Spool, most: int = 7) -> list[LineEvent]:
    found: list[LineEvent] = []
    while some := taken(spool, most):
        found += some
    return found


def taken(spool: Spool, most: int) -> list[LineEvent]:
    some = spool.next(most)
    if some:
        spool.written(some[-1].ends)
    return [kept.event for kept in some]


def test_what_was_kept_comes_out_in_order_and_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep(events(10))
    some = taken(spool, 4)
    spool.keep(events(10, first=10))

    assert some + drained(spool) == events(20)
    assert (spool.waiting, (tmp_path / "spool").stat().st_size) == (0, 0)


def test_what_was_looked_at_is_not_given_again_and_not_gone_either(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep(events(10))
    looked_at = spool.next(6)
    rest = spool.next(6, after=looked_at[-1].ends)

    assert [kept.event for kept in looked_at + rest] == events(10)
    assert drained(spool) == events(10)


def test_what_was_not_written_is_found_again_after_a_kill(tmp_path: Path) -> None:
    Spool(tmp_path / "spool").keep(events(10))

    assert drained(Spool(tmp_path / "spool")) == events(10)


def test_a_torn_line_is_dropped_and_the_rest_holds(tmp_path: Path) -> None:
    Spool(tmp_path / "spool").keep(events(3))
    with (tmp_path / "spool").open("ab") as file:
        file.write(b'{"id": "torn')
    spool = Spool(tmp_path / "spool")

    spool.keep(events(1, first=3))

    assert drained(spool) == events(4)


def test_a_full_spool_says_so_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", most_bytes=2000)
    with pytest.raises(SpoolFull):
        spool.keep(events(100))

    assert drained(spool) == []


def test_room_that_was_written_is_used_again_without_ever_being_empty(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", most_bytes=6000)
    found: list[LineEvent] = []
    for n in range(0, 200, 5):
        spool.keep(events(5, first=n))
        found += taken(spool, 4)
        if n % 20 == 15:
            found += taken(spool, 3)

    assert found + drained(spool) == events(200)
    assert [event.id for event in drained(Spool(tmp_path / "spool"))] == []


def test_what_was_said_comes_out_as_it_went_in(tmp_path: Path) -> None:
    said = LineEvent(
        id="u1", call="c", type="utterance", at=BEGAN, until=BEGAN + timedelta(seconds=2),
        by="customer", text="喂，听得见吗？",
    )  # fmt: skip
    spool = Spool(tmp_path / "spool")
    spool.keep([said])

    assert drained(spool) == [said]
