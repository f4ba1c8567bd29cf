"""`shouwen standard …`: commands on editions, which need the database. They join the group `standard`."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from shouwen.adapters import system_clock
from shouwen.editions.draft_commands import draft as draft_commands
from shouwen.editions.whatif_command import as_lines, as_table, try_draft
from shouwen.editions.whatif_processes import PartFailed
from shouwen.standard.faults import PackFaults

app = typer.Typer(no_args_is_help=True)


app.add_typer(draft_commands, name="draft")


@app.command()
def whatif(
    *,
    draft: Annotated[
        Path, typer.Argument(help="草案的目录 / directory of the draft pack", exists=True)
    ],
    since: Annotated[
        datetime,
        typer.Option("--from", formats=["%Y-%m-%d"], help="第一天 / the first day"),
    ],
    until: Annotated[
        datetime,
        typer.Option("--to", formats=["%Y-%m-%d"], help="最后一天 / the last day, included"),
    ],
    calls: Annotated[
        bool, typer.Option("--calls", help="只重听通话 / hear the calls again, leave clocks alone")
    ] = False,
    output: Annotated[
        Literal["text", "json"], typer.Option("--format", help="text | json")
    ] = "text",
) -> None:
    """用草案重判过去 / judge the past by a draft: which promises would have been broken.

    Judges the matters that began on these days by the standard in force and by the draft, whose
    coming versions count from the first day. Changes nothing. Exit code 2: a standard cannot be read.
    """
    if until < since:
        typer.echo("--to 早于 --from，请对调 / --to lies before --from: swap them", err=True)
        raise typer.Exit(2)
    try:
        tried = try_draft(
            draft=draft,
            since=_day(since),
            until=_day(until),
            now=system_clock.now(),
            calls_only=calls,
        )
    except (PackFaults, PartFailed) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if output == "json":
        typer.echo(json.dumps(as_table(tried), ensure_ascii=False, indent=2))
        return
    for line in as_lines(tried):
        typer.echo(line)


def _day(given: datetime) -> date:
    return given.date()
