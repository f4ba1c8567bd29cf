"""What the rules of an edition say about clocks that run: who moves, on which day."""

from collections.abc import Iterator
from datetime import date

from shouwen.clocks.queries import Takeover
from shouwen.editions.models import Edition
from shouwen.editions.queries.editions import loaded, new_versions
from shouwen.standard.pack import Pack


def takeovers(*, edition: Edition) -> tuple[Takeover, ...]:
    """One for each day on which versions begin that move clocks, the earliest first. Raises PackFaults."""
    if edition.base is None:
        return ()
    return tuple(_takeovers(loaded(edition.base), loaded(edition)))


def takeover_on(*, edition: Edition, day: date) -> Takeover:
    """That of one day; an empty one when nothing moves on it. Raises PackFaults."""
    found = (each for each in takeovers(edition=edition) if each.day == day)
    return next(found, Takeover(pack=loaded(edition), day=day, begun_from={}))


def _takeovers(base: Pack, pack: Pack) -> Iterator[Takeover]:
    open_of: dict[date, set[str]] = {}
    begun_from: dict[date, dict[str, date]] = {}
    for rule, version in new_versions(base=base, pack=pack):
        if version.on_change == "rejudge_open":
            open_of.setdefault(version.from_, set()).add(rule.id)
        elif version.on_change == "rejudge_from" and version.rejudge_from is not None:
            begun_from.setdefault(version.from_, {})[rule.id] = version.rejudge_from
    for day in sorted({*open_of, *begun_from}):
        yield Takeover(
            pack=pack,
            day=day,
            open_of=frozenset(open_of.get(day, ())),
            begun_from=begun_from.get(day, {}),
        )
