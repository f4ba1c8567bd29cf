"""`shouwen customers import-cases`: running cases of an old system, with their original times."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from shouwen.adapters import system_clock
from shouwen.cases.operations.importing import check_cases, import_cases
from shouwen.clocks.queries import active_calendar
from shouwen.customers.commands import table_of, tell_faults

app = typer.Typer(help="旧系统的工单 / cases of an old system", no_args_is_help=True)


@app.callback()
def cases() -> None:
    """旧系统的工单 / Cases of an old system."""


@app.command(name="import-cases")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="写入；不加只检查 / write; without it only check")
    ] = False,
    sheet: Annotated[int, typer.Option(min=1, help="第几张表 / which sheet")] = 1,
) -> None:
    """导入在办工单，时限从原受理时间算 / import running cases; clocks count from the original time.

    Every fault is named with row and column. Run again it opens what is missing. Exit code 1
    when the file has faults; nothing of it is written then.
    """
    console = Console(soft_wrap=True)
    now, zone = system_clock.now(), active_calendar().zone
    checked = check_cases(table=table_of(file, sheet=sheet), now=now, zone=zone)
    tell_faults(console, checked.faults)
    if checked.faults:
        raise typer.Exit(1)
    if not apply:
        console.print(
            f"{len(checked.cases)} 张工单没有错，没有写入；写入加 --apply / "
            f"{len(checked.cases)} cases without faults; add --apply to write"
        )
        return
    opened = import_cases(checked=checked, now=now, zone=zone)
    console.print(f"开出 / opened {opened}，已有 / there before {len(checked.cases) - opened}")
