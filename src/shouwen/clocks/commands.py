"""Commands on the journal that need the clocks: they join the group `journal`."""

from threading import Event
from typing import Annotated

import typer

from shouwen.adapters import system_clock
from shouwen.clocks.operations import mend_figures
from shouwen.clocks.operations import recompute as differences
from shouwen.clocks.queries.figures import discrepancies
from shouwen.clocks.ticker import tick_forever
from shouwen.journal.commands import app
from shouwen.standard.faults import PackFaults

__all__ = ["app", "run_ticker"]


@app.command()
def recompute(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="只报告，不改动 / only report, change nothing")
    ] = False,
) -> None:
    """从日志重算全部时钟、判定和数字 / compute every clock, ruling and figure anew and mend what differs.

    Exit code 0: all agree, or were mended; 1: --check found differences; 2: the standard cannot
    be read.
    """
    count = 0
    try:
        for each in differences(check=check, now=system_clock.now()):
            count += 1
            typer.echo(
                f"{each.subject.kind} {each.subject.id} {each.rule_id}: {', '.join(each.columns)}"
            )
    except PackFaults as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for figure in discrepancies() if check else mend_figures():
        count += 1
        who = " ".join(part for part in (figure.scope, figure.department, figure.staff_no) if part)
        what = f"{figure.rule_id} {figure.day} {who} {figure.verdict}"
        typer.echo(f"figure {what}: {figure.missing:+d}")
    verb = "不一致 / differ" if check else "已更正 / mended"
    typer.echo(f"{count} 处{verb}")
    raise typer.Exit(1 if check and count else 0)


def run_ticker(stop: Event) -> None:
    """Ticks by the machine's clock until `stop` is set."""
    tick_forever(stop, system_clock.now)
