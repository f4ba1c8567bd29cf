"""`shouwen calls review`: what a file of recorded calls keeps and breaks. Needs no database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from shouwen.standard.call_review import NoCall, Reviewed, as_json, review_lines
from shouwen.standard.faults import PackFaults
from shouwen.standard.locations import default_pack_path
from shouwen.standard.pack import Pack, load_pack

Format = Literal["text", "json"]

app = typer.Typer(help="通话记录 / recorded calls", no_args_is_help=True)


@app.callback()
def calls() -> None:
    """通话记录 / Recorded calls."""


@app.command()
def review(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    output: Annotated[Format, typer.Option("--format", help="text | json")] = "text",
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="每项依据 / what each finding rests on")
    ] = False,
    pack: Annotated[
        Path | None, typer.Option("--pack", help="标准包目录 / directory of the pack")
    ] = None,
) -> None:
    """按标准评查录音文字，每通一行 / review recorded calls by the standard, one line a call.

    Offline and always the same. Every bad line is named and skipped; exit code 1 at the end when
    there was one.
    """
    standard = _standard(pack or default_pack_path())
    bad = 0
    for each in review_lines(pack=standard, lines=_lines(file)):
        if isinstance(each, NoCall):
            bad += 1
            typer.echo(_named(each), err=True)
        elif output == "json":
            line = json.dumps(as_json(each, explain=explain), ensure_ascii=False)
            sys.stdout.write(line + "\n")
        else:
            sys.stdout.write("\n".join(_told(each, explain=explain)) + "\n")
    raise typer.Exit(1 if bad else 0)


def _standard(path: Path) -> Pack:
    try:
        return load_pack(path)
    except PackFaults as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _lines(file: Path) -> Iterator[str]:
    """The lines of the file; bytes that are no UTF-8 become marks, so that only their line is bad."""
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        yield from text


def _named(bad: NoCall) -> str:
    faults = "；".join(
        f"{fault.path + ': ' if fault.path else ''}{fault.problem.zh}，{fault.remedy.zh}"
        f" / {fault.problem.en}, {fault.remedy.en}"
        for fault in bad.faults
    )
    return f"第 {bad.number} 行 / line {bad.number}: {faults}"


_MARKS = {"kept": "守 / kept  ", "broken": "违 / broken"}


def _told(reviewed: Reviewed, *, explain: bool) -> Iterator[str]:
    yield reviewed.call_id
    for row in as_json(reviewed, explain=explain)["findings"]:
        turn = "" if row["turn"] is None else f"[{row['turn']}]"
        yield f"  {_MARKS[row['verdict']]} {row['clause']:<7}{turn:<5} {row['why']}"
        for because in row.get("because", ()):
            yield f"      {because['weight']:+.2f}  {because['heard']}"
