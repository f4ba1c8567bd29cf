"""`shouwen doctor`: what is wrong with this installation, and how to mend it."""

from collections.abc import Iterator, Sequence

from shouwen.config.doctor.database import (
    clock_skew,
    migrations,
    postgresql,
    reachable,
    sqlite_library,
    sqlite_openers,
    sqlite_settings,
)
from shouwen.config.doctor.editions import editions
from shouwen.config.doctor.files import data_folder, disk, fonts, static_files
from shouwen.config.doctor.findings import Check, Finding, Site, wrong
from shouwen.config.doctor.mailbox import mailbox
from shouwen.config.doctor.processes import beats, dead, journal, lag
from shouwen.config.doctor.register import calendar, pack, roles
from shouwen.config.doctor.telephony import listening, recordings, telephony
from shouwen.core.clause import Words

__all__ = ["CHECKS", "Check", "Finding", "Site", "examine"]

# Before the first connection: connecting puts the file's journal mode right without a word.
_BEFORE: tuple[Check, ...] = (sqlite_library, sqlite_openers, sqlite_settings)
_WITHOUT_DATABASE: tuple[Check, ...] = (
    data_folder, disk, static_files, fonts, pack, calendar, telephony,
)  # fmt: skip
_WITH_DATABASE: tuple[Check, ...] = (
    postgresql, clock_skew, beats, lag, dead, journal, roles, editions, recordings, listening, mailbox,
)  # fmt: skip
CHECKS: Sequence[Check] = (
    *_BEFORE, reachable, migrations, *_WITHOUT_DATABASE, *_WITH_DATABASE,
)  # fmt: skip


def examine(site: Site) -> Iterator[Finding]:
    """Every finding, good and bad. What needs a database is left out when there is none to ask."""
    for check in _BEFORE:
        yield from _run(check, site)
    basis = [finding for check in (reachable, migrations) for finding in _run(check, site)]
    yield from basis
    stands = all(finding.level != "wrong" for finding in basis)
    for check in (*_WITHOUT_DATABASE, *(_WITH_DATABASE if stands else ())):
        yield from _run(check, site)


def _run(check: Check, site: Site) -> list[Finding]:
    """A check that cannot be carried out is a finding too: the others still say what they see."""
    try:
        return list(check(site))
    except Exception as error:
        name = check.__name__
        told = f"{type(error).__name__}: {error}"
        return [
            wrong(
                name,
                Words(
                    zh=f"检查没能做完：{told}", en=f"the check could not be carried out: {told}"
                ),
                Words(
                    zh="先解决上面的问题再运行一次", en="mend what is named above and run it again"
                ),
            )
        ]
