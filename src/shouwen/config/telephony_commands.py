"""`shouwen telephony …`: listen to the exchange, or be one. Django is set up before this is imported."""

import json
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console

from shouwen.adapters import system_clock
from shouwen.adapters.telephony.ami import BadAddress
from shouwen.adapters.telephony.simulator import Caller, caller_in
from shouwen.config.beats import beating
from shouwen.config.signals import stopped_by_signal
from shouwen.hotline.exchanges import asterisk, simulated
from shouwen.hotline.exchanges.configured import configured

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
            simulated.run(folder=folder, stop=stop, clock=system_clock.now)


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
