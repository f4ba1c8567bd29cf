"""`shouwen billing …`: files of the billing system. Django is set up before this is imported."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from django.conf import settings
from rich.console import Console

from shouwen.adapters import ids, system_clock
from shouwen.adapters.billing import Account, Busy, NotConnected
from shouwen.customers.billing import faults, look_up
from shouwen.customers.commands import File, table_of, tell_faults
from shouwen.customers.operations.billing import check_billing, load_billing

app = typer.Typer(help="计费数据 / the billing system", no_args_is_help=True)


@app.callback()
def billing() -> None:
    """计费数据 / The billing system."""


@app.command(name="import")
def import_file(
    file: File,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="写入；不加只检查 / write; without it only check")
    ] = False,
    as_of: Annotated[
        str, typer.Option(help="数据截至 2026-10-09T06:00，默认现在 / when the data was made")
    ] = "",
    sheet: Annotated[int, typer.Option(min=1, help="第几张表 / which sheet")] = 1,
) -> None:
    """导入余额、读数、卡状态 / import balances, readings, states of cards; checks only without --apply.

    Every fault is named with row and column; exit code 1, and nothing is written then. The same
    file again changes nothing.
    """
    console = Console(soft_wrap=True)
    now = system_clock.now()
    checked = check_billing(table=table_of(file, sheet=sheet), as_of=_moment(as_of, now))
    tell_faults(console, checked.faults)
    if checked.faults:
        raise typer.Exit(1)
    console.print(f"{len(checked.rows)} 户没有错 / {len(checked.rows)} accounts without faults")
    if not apply:
        console.print("只检查，没有写入；写入加 --apply / checked only; add --apply to write")
        return
    done = load_billing(rows=checked.rows, act_id=ids.uuid7(now), now=now)
    console.print(f"写入 / written {done}")
    if settings.SHOUWEN_BILLING != "file":
        console.print(
            "要让页面用上，请设 SHOUWEN_BILLING=file / set SHOUWEN_BILLING=file to show it on the pages"
        )


@app.command()
def ask(account_no: str) -> None:
    """查一户，看接得通不通 / look one account up, to see whether the connection works."""
    for fault in faults():
        typer.echo(fault, err=True)
    answer = look_up(account_no=account_no, now=system_clock.now())
    if isinstance(answer, Account):
        typer.echo(
            f"{account_no}: {answer.balance} 元 / yuan, {answer.reading} m³, {answer.card or '-'}"
        )
        return
    if isinstance(answer, NotConnected):
        typer.echo("没接上计费系统 / no billing system is connected", err=True)
    elif isinstance(answer, Busy):
        typer.echo(f"计费系统没有回应 / the billing system did not answer: {answer.why}", err=True)
    else:
        typer.echo(f"没有这个户号 / no such account: {account_no}", err=True)
    raise typer.Exit(1)


def _moment(said: str, now: datetime) -> datetime:
    if not said:
        return now
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter("2026-10-09T06:00", param_hint="--as-of") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
