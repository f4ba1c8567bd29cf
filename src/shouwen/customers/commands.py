"""`shouwen customers …`: import files, build the search. Django is set up before this is imported."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from shouwen.adapters import ids, system_clock
from shouwen.adapters.spreadsheets import CellFault, HasFormulas, Table, Unreadable, read_table
from shouwen.clocks.queries import active_calendar
from shouwen.customers.operations import Act, index_missing
from shouwen.customers.operations.importing import (
    COLUMNS,
    Checked,
    Imported,
    OtherImportOpen,
    Watch,
    check,
    discard,
    import_customers,
)

app = typer.Typer(help="客户与用气地址 / customers and premises", no_args_is_help=True)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
REST = 0.005  # seconds between chunks in which others get the write lock


@app.callback()
def customers() -> None:
    """客户与用气地址 / Customers and premises."""


@app.command(name="import")
def import_file(
    file: File,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="写入；不加只检查 / write; without it only check")
    ] = False,
    sheet: Annotated[int, typer.Option(min=1, help="第几张表 / which sheet")] = 1,
) -> None:
    """导入客户：xlsx 或 csv，先检查，--apply 才写入 / import customers; checks only without --apply.

    Every fault is named with row and column. Interrupted and run again it goes on. Exit code 1
    when the file has faults; nothing of it is written then.
    """
    console = Console(soft_wrap=True)
    table = table_of(file, sheet=sheet)
    now = system_clock.now()
    checked = check(table=table, today=now.astimezone(active_calendar().zone).date())
    tell_faults(console, checked.faults)
    if checked.faults:
        raise typer.Exit(1)
    _tell_plan(console, checked)
    if not apply:
        console.print("只检查，没有写入；写入加 --apply / checked only; add --apply to write")
        return
    with _bar(console, total=len(checked.new)) as watch:
        done = _imported(checked, table, file, watch)
    if done.was_there:
        console.print(
            "这个文件已经导入过，没有改动 / this file was imported before; nothing changed"
        )
        return
    console.print(
        f"导入 / imported {done.rows}，上次已写 / written before {done.resumed}，"
        f"最长写事务 / longest write transaction {done.longest * 1000:.0f} ms"
    )


@app.command()
def columns() -> None:
    """可用的列 / the columns a file may have."""
    for column in COLUMNS:
        typer.echo(f"{column.zh}\t{column.name}\t{'、'.join(column.others)}")


@app.command(name="discard-import")
def discard_import() -> None:
    """撤掉没做完的导入 / remove a file that was begun and never finished."""
    removed = discard(watch=Watch(timer=time.perf_counter, rest=lambda: time.sleep(REST)))
    typer.echo(f"撤掉 / removed {removed}")


@app.command()
def index() -> None:
    """补建搜索 / index customers that the search does not know yet."""
    typer.echo(f"补建 / indexed {index_missing()}")


def table_of(file: Path, *, sheet: int) -> Table:
    """The table of a file; tells what is wrong with the file and ends with exit code 1."""
    try:
        return read_table(file, sheet=sheet - 1)
    except Unreadable as error:
        typer.echo(f"{file.name}：{error.problem.zh}；{error.remedy.zh}", err=True)
        typer.echo(f"{file.name}: {error.problem.en}; {error.remedy.en}", err=True)
        raise typer.Exit(1) from None
    except HasFormulas as error:
        tell_faults(Console(soft_wrap=True), error.faults)
        raise typer.Exit(1) from None


def tell_faults(console: Console, faults: Iterable[CellFault]) -> None:
    """Prints every fault with its place and remedy, and how many there are."""
    listed = list(faults)
    for fault in listed:
        text = (
            f"第 {fault.row} 行 {fault.column}：{fault.problem.zh}；{fault.remedy.zh}\n"
            f"  row {fault.row}, {fault.column}: {fault.problem.en}; {fault.remedy.en}"
        )
        console.print(escape(text), style="red")
    if listed:
        console.print(
            f"{len(listed)} 处有错，一行也没有写入 / {len(listed)} faults, nothing was written"
        )


def _imported(checked: Checked, table: Table, file: Path, watch: Watch) -> Imported:
    now = system_clock.now()
    try:
        return import_customers(
            act=Act(id=ids.uuid7(now), by="", now=now, source="import"),
            checked=checked,
            digest=table.digest,
            file_name=file.name,
            watch=watch,
        )
    except OtherImportOpen as error:
        typer.echo(
            f"上一个文件 {error} 没有导完：先把它导完，或运行 shouwen customers discard-import\n"
            f"{error} was begun and never finished: finish it, or run shouwen customers discard-import",
            err=True,
        )
        raise typer.Exit(1) from None


def _tell_plan(console: Console, checked: Checked) -> None:
    places = {row.place for row in checked.new}
    fresh = len(places - set(checked.known.premises))
    console.print(
        f"{len(checked.rows)} 行没有错：新客户 {len(checked.new)}，新地址 {fresh}，"
        f"已在册跳过 {checked.there}，和现有住户同住 {checked.shared}"
    )
    console.print(
        f"{len(checked.rows)} rows without faults: new customers {len(checked.new)}, new premises "
        f"{fresh}, on record already {checked.there}, at a home with other occupants {checked.shared}"
    )


@contextmanager
def _bar(console: Console, *, total: int) -> Iterator[Watch]:
    shown = (TextColumn("写入 / writing"), BarColumn(), MofNCompleteColumn())
    with Progress(*shown, console=console, transient=True) as bar:
        task = bar.add_task("import", total=total)
        yield Watch(
            timer=time.perf_counter,
            rest=lambda: time.sleep(REST),
            on_rows=lambda rows: bar.advance(task, rows),
        )
