"""What `shouwen init` shows: the standard, what is there already, what changed, the links."""

import csv
import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from shouwen.access.roles import TITLES
from shouwen.core.clause import Words
from shouwen.installation.installing import LinkFor
from shouwen.people.models import Department, Staff
from shouwen.people.queries import holders_by_role
from shouwen.people.sheets import SheetFault
from shouwen.standard.faults import Fault
from shouwen.standard.pack import Pack
from shouwen.ui import wording

_DAYS = {"mon": "周一 Mon", "tue": "周二 Tue", "wed": "周三 Wed", "thu": "周四 Thu", "fri": "周五 Fri", "sat": "周六 Sat", "sun": "周日 Sun"}  # fmt: skip


def tell_standard(pack: Pack, *, path: Path, now: datetime) -> None:
    """Whose standard this is, when the office is open, which years are published."""
    organisation = pack.organisation
    table = Table(title="标准包 / the standard pack", show_header=False)
    table.add_row("位置 / place", str(path))
    table.add_row("单位 / organisation", organisation.name)
    table.add_row("热线 / hotline", organisation.hotline)
    table.add_row(
        "标准 / standard",
        f"{organisation.standard} {organisation.edition}, {len(pack.rules)} 条规则 / rules",
    )
    for day, windows in organisation.hours.items():
        text = " ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in windows)
        table.add_row(_DAYS.get(day, day), text)
    years = ", ".join(str(year) for year in sorted(pack.calendar.years))
    table.add_row("日历 / calendar", f"{pack.calendar.version}: {years}")
    Console().print(table)
    typer.echo(
        "办公时间来自标准：装好后由标准编辑在“版本”页起草案来改 / the opening hours come from the standard: once "
        "installed, an editor changes them with a draft on the page Editions"
    )
    _warn_of_years(pack, now=now)


def _warn_of_years(pack: Pack, *, now: datetime) -> None:
    today = pack.calendar.day_of(now)
    for year in sorted({today.year, (today + timedelta(days=60)).year, today.year + 1}):
        if not pack.calendar.is_published(year):
            typer.echo(
                f"注意：还没有 {year} 年日历，跨到那年的工作日期限暂不承诺；通知发布后在“日历”页上传 / "
                f"note: the calendar of {year} is missing, no promise in working days reaches into it; "
                "upload it on the page Calendar once the notice is out"
            )


def tell_present() -> None:
    """What the database holds already."""
    working = Staff.objects.filter(is_active=True).count()
    typer.echo(
        f"已有部门 {Department.objects.count()} 个、在用人员 {working} 人 / "
        f"{Department.objects.count()} departments and {working} people at work are there"
    )
    held = [(TITLES[role], count) for role, count in holders_by_role().items() if count]
    if held:
        typer.echo("  " + "、".join(f"{words.zh} {count}" for words, count in held))


def tell_changes(changes: Sequence[Words]) -> None:
    """What was done; says so when there was nothing to do."""
    for change in changes:
        typer.echo(f"+ {change.zh} / {change.en}")
    if not changes:
        typer.echo("没有要改的 / nothing to change")


def tell_faults(faults: Iterable[Fault]) -> None:
    """Every fault of a file, in both languages."""
    for fault in faults:
        place = ": ".join(part for part in (fault.file, fault.path) if part)
        typer.echo(
            f"{place}: {fault.problem.zh}，{fault.remedy.zh} / {fault.problem.en}; {fault.remedy.en}",
            err=True,
        )


def tell_sheet_faults(faults: Iterable[SheetFault]) -> None:
    """Every fault of a spreadsheet, by row and column, in both languages."""
    for fault in faults:
        typer.echo(f"{fault.worded('zh')} / {fault.worded('en')}", err=True)


def tell_links(links: Sequence[LinkFor], *, out: Path | None) -> None:
    """The links on the screen, or in a file that only its owner can read."""
    if not links:
        return
    until = wording.local(links[0].good_until)
    typer.echo(
        f"设密码链接，{until:%Y-%m-%d %H:%M} 前各用一次 / set-password links, good until then and for one use each:"
    )
    if out is None:
        for link in links:
            typer.echo(f"  {link.staff_no} {link.name}  {link.url}")
        return
    _write(out, links)
    typer.echo(
        f"  {len(links)} → {out}（只有本用户能读，交给本人后删除 / readable by you only: delete it once handed out）"
    )


def _write(out: Path, links: Sequence[LinkFor]) -> None:
    out.unlink(missing_ok=True)
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["工号 staff no.", "姓名 name", "链接 link", "有效至 good until"])
        for link in links:
            until = wording.local(link.good_until)
            rows.writerow([link.staff_no, link.name, link.url, f"{until:%Y-%m-%d %H:%M}"])
