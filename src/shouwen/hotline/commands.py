"""`shouwen calls replay`: plays a file of recorded calls in. Django is set up before this is imported."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from shouwen.adapters import system_clock
from shouwen.hotline.operations import BadLine, Replayed
from shouwen.hotline.operations import replay as play

app = typer.Typer(help="通话记录 / recorded calls", no_args_is_help=True)


@app.callback()
def calls() -> None:
    """通话记录 / Recorded calls."""


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    at: Annotated[
        str, typer.Option(help="recorded 按录音时间 | now 移到现在 / when the calls happen")
    ] = "recorded",
) -> None:
    """重放录音记录：每通变成工单、时限、承诺和判定 / play calls in as cases, clocks, promises, verdicts.

    Every good line is taken once, however often the file is played; every bad line is named
    and skipped. Exit code 1 when there was a bad line.
    """
    if at not in ("recorded", "now"):
        raise typer.BadParameter("recorded | now", param_hint="--at")
    moment: Literal["recorded", "now"] = "now" if at == "now" else "recorded"
    console = Console()
    columns = (TextColumn("重放 / replaying"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("replay", total=None)
        result = play(
            lines=_lines(file),
            at=moment,
            now=system_clock.now,
            on_call=lambda done, of: bar.update(task, completed=done, total=of),
        )
    _tell(console, result)
    raise typer.Exit(1 if result.bad else 0)


def _lines(file: Path) -> Iterator[str]:
    """The lines of the file; bytes that are no UTF-8 become marks, so that only their line is bad."""
    with file.open(encoding="utf-8", errors="replace") as text:
        yield from text


def _tell(console: Console, result: Replayed) -> None:
    for bad in result.bad:
        console.print(_bad(bad), style="red")
    for taken in result.taken:
        gaps = f"  待补 / open: {', '.join(taken.gaps)}" if taken.gaps else ""
        console.print(
            f"{taken.call_id} → {taken.case_number}  守 / kept {taken.kept}"
            f"  违 / broken {taken.broken}{gaps}"
        )
    console.print(
        f"新收 / taken {len(result.taken)}，已有 / there before {result.known}，"
        f"坏行 / bad lines {len(result.bad)}"
    )


def _bad(bad: BadLine) -> str:
    faults = "；".join(f"{fault.zh} / {fault.en}" for fault in bad.faults)
    return escape(f"第 {bad.number} 行 / line {bad.number}: {faults}")
