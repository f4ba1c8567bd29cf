"""Commands on messages: check the texts, opt out and in, doubles of the outside for trying."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from shouwen.adapters import system_clock
from shouwen.adapters.doubles.mail_server import MailServerDouble, running_mail_server
from shouwen.adapters.doubles.sms_gateway import GatewayDouble, running_gateway
from shouwen.clocks.queries import active_pack
from shouwen.messages import operations, ways
from shouwen.messages.texts import LONGEST_SMS, folder, load_texts, too_long
from shouwen.standard.faults import PackFaults

app = typer.Typer(help="消息 / messages to people", no_args_is_help=True)
Channel = Annotated[str, typer.Option(help="sms | mail | file")]


@app.command()
def check(path: Annotated[Path | None, typer.Argument(help="文件夹 / folder")] = None) -> None:
    """检查文本、规则与出口设置 / check texts, rules of sending and the settings of the ways out.

    Exit code 1 when something cannot be used; a text longer than one SMS is only remarked.
    """
    company = active_pack().organisation.slots()
    try:
        texts = load_texts(path or folder(), company=company)
    except PackFaults as error:
        for fault in error.faults:
            typer.echo(
                f"{fault.file}: {fault.path}: {fault.problem.zh}；{fault.remedy.zh}", err=True
            )
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for text_id, language, signs in too_long(texts, company=company):
        typer.echo(
            f"texts/{text_id}.toml: {language}: {signs} 字，超过 {LONGEST_SMS} 字，短信会拆成几条"
            f" / {signs} signs: more than one SMS"
        )
    faults = ways.faults()
    for line in faults:
        typer.echo(line, err=True)
    typer.echo(f"{len(texts.by_id)} 个文本 / texts")
    raise typer.Exit(1 if faults else 0)


@app.command()
def opt_out(address: str, channel: Channel = "sms") -> None:
    """谢绝通知 / no more messages to this address, but those about danger."""
    _opted(operations.opt_out, address, channel)


@app.command()
def opt_in(address: str, channel: Channel = "sms") -> None:
    """恢复通知 / messages to this address again."""
    _opted(operations.opt_in, address, channel)


@app.command()
def doubles(
    key_file: Annotated[Path, typer.Argument(help="SHOUWEN_SMS_KEY_FILE")],
    sms_port: int = 8025,
    mail_port: int = 8026,
) -> None:
    """演练用网关与邮件服务器 / a gateway and a mail server on this machine, for trying; Ctrl-C ends."""
    gateway = GatewayDouble(
        key=key_file.read_text(encoding="utf-8").strip().encode(), clock=system_clock.now
    )
    with ExitStack() as stack:
        stack.enter_context(running_gateway(gateway, port=sms_port))
        mail = stack.enter_context(running_mail_server(MailServerDouble(), port=mail_port))
        typer.echo(f"SHOUWEN_SMS_URL={gateway.url}")
        typer.echo(f"SHOUWEN_SMTP_URL=smtp://127.0.0.1:{mail.port}")
        try:
            Event().wait()
        except KeyboardInterrupt:
            typer.echo(f"短信 / SMS {len(gateway.offered)}，邮件 / mails {len(mail.mails)}")


def _opted(operation: Callable[..., None], address: str, channel: str) -> None:
    try:
        operation(channel=channel, address=address, by="", now=system_clock.now())
    except operations.BadAddress:
        typer.echo(f"{address}: 不是 {channel} 能用的地址 / cannot be used on {channel}", err=True)
        raise typer.Exit(1) from None
