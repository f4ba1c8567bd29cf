"""`shouwen telephony …`: listen to the exchange, or be one. Django is set up before this is imported."""

import json
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from shouwen.adapters import system_clock
from shouwen.adapters.telephony.ami import BadAddress
from shouwen.adapters.telephony.records import BadMapping, Layout, read_layout
from shouwen.adapters.telephony.simulator import Caller, caller_in
from shouwen.clocks.queries import active_calendar
from shouwen.config.beats import beating
from shouwen.config.signals import stopped_by_signal
from shouwen.customers.commands import table_of, tell_faults
from shouwen.hotline.exchanges import asterisk, simulated
from shouwen.hotline.exchanges.configured import configured
from shouwen.hotline.operations.importing import check_records, import_records

app = typer.Typer(help="电话交换机 / the telephone exchange", no_args_is_help=True)


@app.callback()
def telephony() -> None:
    """电话交换机 / The telephone exchange."""


@app.command()
def run() -> None:
    """监听交换机 / listen to the exchange of this installation; `shouwen up` starts it by itself."""
    try:
        found = configured()
    except BadAddress as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if found.kind == "none":
        typer.echo(
            "没有配置交换机：设 SHOUWEN_TELEPHONY=simulator 或 ami://…，见 docs/telephony.md"
            " / no exchange is configured: set SHOUWEN_TELEPHONY, see docs/telephony.md",
            err=True,
        )
        raise typer.Exit(1)
    stop, folder = stopped_by_signal(), settings.SHOUWEN_TELEPHONY_DIR
    with beating("telephony", home=settings.SHOUWEN_HOME):
        if found.account:
            asterisk.run(found.account, folder=folder, stop=stop, clock=system_clock.now)
        else:
            simulated.run(folder=folder, stop=stop, clock=system_clock.now, speakers=_speakers())


@app.command()
def simulate(
    *,
    calls_per_minute: Annotated[
        float, typer.Option(min=0, max=600, help="每分钟几通 / calls a minute")
    ] = simulated.PER_MINUTE,
    call: Annotated[
        Path | None,
        typer.Option(
            help="只放文件里的来电，一行一个 JSON：number、patience、talks_for"
            " / only the calls of a file, one JSON object a line",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """模拟来电：空闲的坐席会振铃 / invented customers ring agents who are ready; Ctrl-C ends."""
    console = Console()
    given = _callers(call) if call else []
    stop = stopped_by_signal()
    folder = settings.SHOUWEN_TELEPHONY_DIR / "simulate"
    with console.status("等坐席空闲 / waiting for a ready agent") as status:
        simulated.run(
            folder=folder,
            stop=stop,
            clock=system_clock.now,
            per_minute=0 if given else calls_per_minute,
            given=given,
            on_step=lambda live: status.update(f"进行中 / under way: {live}"),
        )


def _speakers() -> list[Caller]:
    """Who speaks when the simulator calls; nobody where no file is named. Ends with exit code 1 on a bad file."""
    path = settings.SHOUWEN_SIMULATED_CALLS
    try:
        return simulated.speakers_in(Path(path)) if path else []
    except (OSError, ValueError) as error:
        typer.echo(
            f"SHOUWEN_SIMULATED_CALLS={path}: 读不出来 / cannot be read ({error})", err=True
        )
        raise typer.Exit(1) from None


def _callers(file: Path) -> list[Caller]:
    """The calls of a file; tells every line at fault and ends with exit code 1."""
    found, faults = [], []
    for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(caller_in(row if isinstance(row, dict) else {}))
        except ValueError as error:
            faults.append(f"第 {place} 行 / line {place}: {error}")
    if faults or not found:
        typer.echo("\n".join(faults) or "没有来电 / no call", err=True)
        raise typer.Exit(1)
    return found


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    recordings: Annotated[
        Path | None,
        typer.Option(help="录音文件夹 / folder of recordings", exists=True, file_okay=False),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option(help="列名对照，TOML / which heading is which", exists=True, dir_okay=False),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="写入；不加只检查 / write; without it only check")
    ] = False,
    sheet: Annotated[int, typer.Option(min=1, help="第几张表 / which sheet")] = 1,
) -> None:
    """导入话单和录音：xlsx 或 csv，先检查，--apply 才写入 / import call records and recordings; checks only without --apply.

    Every fault is named with row and column. Run again it takes what is missing. Exit code 1 when
    there are faults; nothing is written then.
    """
    console = Console(soft_wrap=True)
    now = system_clock.now()
    try:
        layout = read_layout(columns) if columns else Layout()
    except BadMapping as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    zone = active_calendar().zone
    table = table_of(file, sheet=sheet)
    checked = check_records(table=table, layout=layout, folder=recordings, zone=zone, now=now)
    tell_faults(console, checked.faults)
    if checked.faults:
        raise typer.Exit(1)
    console.print(
        f"{len(checked.records)} 通电话、{len(checked.recordings)} 段录音（其中单声道 {checked.mono}）没有错"
        f" / {len(checked.records)} calls, {len(checked.recordings)} recordings ({checked.mono} mono)"
    )
    if not apply:
        console.print("只检查，没有写入；写入加 --apply / checked only; add --apply to write")
        return
    bar = Progress(
        TextColumn("导入 / importing"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("calls", total=len(checked.records))
        done = import_records(
            checked=checked, now=now, on_call=lambda n: bar.update(task, completed=n)
        )
    console.print(
        f"新收 / taken {done.calls}，已有 / there before {done.known}，录音 / recordings {done.recordings}"
    )
