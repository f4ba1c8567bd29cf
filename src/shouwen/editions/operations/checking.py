"""Looks a draft over: the checks of every pack, and what is due to the edition it follows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from shouwen.core.clause import Version, Words
from shouwen.core.kinds import Rule
from shouwen.editions.queries.editions import effective_on, new_versions
from shouwen.standard.checking import check_pack
from shouwen.standard.edition_files import PACK
from shouwen.standard.faults import Fault, PackFaults
from shouwen.standard.pack import Pack, load_pack


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the files gave: the pack's digest (empty when it cannot be read), the earliest
    first day of a new version, and every fault as the row keeps it.
    """

    digest: str = ""
    effective_on: date | None = None
    faults: list[dict[str, str]] = field(default_factory=list)


def checked(folder: Path, *, base: Path, today: date) -> Checked:
    """Checks the pack in a draft's folder against the edition in `base`; `today` is the local day.

    Raises PackFaults only when the base itself cannot be read.
    """
    before = load_pack(base / PACK)
    try:
        pack = check_pack(folder / PACK)
    except PackFaults as error:
        return Checked(faults=[as_row(fault) for fault in error.faults])
    late = [as_row(fault) for fault in _beside_base(before, pack, today)]
    return Checked(pack.digest, effective_on(base=before, pack=pack), late)


def local_day(now: datetime) -> date:
    """The installation's local day of an instant."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def too_late(*, base: Pack, pack: Pack, today: date) -> list[date]:
    """The first days of new versions that lie behind `today`."""
    days = {version.from_ for _, version in new_versions(base=base, pack=pack)}
    return sorted(day for day in days if day < today)


def as_row(fault: Fault) -> dict[str, str]:
    """A fault as the row keeps it."""
    return {
        "file": fault.file,
        "path": fault.path,
        "problem_zh": fault.problem.zh,
        "problem_en": fault.problem.en,
        "remedy_zh": fault.remedy.zh,
        "remedy_en": fault.remedy.en,
    }


def as_fault(row: dict[str, Any]) -> Fault:
    """The fault that a row keeps."""
    return Fault(
        file=row["file"],
        path=row["path"],
        problem=Words(zh=row["problem_zh"], en=row["problem_en"]),
        remedy=Words(zh=row["remedy_zh"], en=row["remedy_en"]),
    )


def _beside_base(base: Pack, pack: Pack, today: date) -> Iterator[Fault]:
    for rule, version in new_versions(base=base, pack=pack):
        place = f"version.{rule.versions.index(version)}"
        file = pack.files[rule.id]
        if version.from_ < today:
            yield _late(file, f"{place}.from", version.from_)
        yield from _of_policy(file, place, rule, version)


def _late(file: str, path: str, day: date) -> Fault:
    return Fault(
        file,
        path,
        Words(zh=f"{day} 已经过去", en=f"{day} has passed"),
        Words(zh="起始日写今天或以后", en="let it begin today or later"),
    )


def _of_policy(file: str, place: str, rule: Rule, version: Version) -> Iterator[Fault]:
    moves = version.on_change != "freeze"
    if moves and version.withdrawn:
        yield Fault(
            file,
            f"{place}.on_change",
            Words(
                zh="废止的版本不能重判已开始的时钟",
                en="a withdrawal cannot judge clocks anew that have begun",
            ),
            Words(zh='删去，或写 "freeze"', en='remove it, or write "freeze"'),
        )
    if (version.on_change == "rejudge_from") != (version.rejudge_from is not None):
        yield Fault(
            file,
            f"{place}.rejudge_from",
            Words(
                zh="rejudge_from 与 on_change 要一起写",
                en="rejudge_from and on_change belong together",
            ),
            Words(
                zh='on_change = "rejudge_from" 时写明起始日，其他时候删去',
                en='name the day with on_change = "rejudge_from", and only then',
            ),
        )
