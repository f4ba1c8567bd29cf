"""Commands on the journal: check that it is whole."""

from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from django.conf import settings

from shouwen.adapters import system_clock
from shouwen.adapters.signing import PublicKey
from shouwen.journal.queries import BrokenAt, CannotTell, Finding, Verified
from shouwen.journal.queries import verify as check
from shouwen.journal.sealer import seal_forever

app = typer.Typer(help="只增不改的日志 / the append-only journal", no_args_is_help=True)


@app.callback()
def journal() -> None:
    """只增不改的日志 / the append-only journal."""  # a group even while it has one command


@app.command()
def verify(
    heads: Annotated[
        Path | None,
        typer.Option(
            help="签名链头的文件夹 / folder of signed heads, best a copy from another machine"
        ),
    ] = None,
    public_key: Annotated[
        str,
        typer.Option(help="审计员保存的公钥 / public key as kept by the auditor: 64 hex digits"),
    ] = "",
) -> None:
    """检查整部日志 / check the whole journal.

    Exit code 0: whole; 1: broken, with the first bad position; 2: cannot tell.
    """
    finding = check(
        heads_dir=heads or Path(settings.SHOUWEN_HEADS_DIR),
        now=system_clock.now(),
        key=_key(public_key),
    )
    code, sentence = _worded(finding)
    typer.echo(sentence, err=code != 0)
    raise typer.Exit(code)


def run_sealer(stop: Event) -> None:
    """Seals by the machine's clock until `stop` is set."""
    seal_forever(stop, system_clock.now)


def _key(text: str) -> PublicKey | None:
    try:
        return PublicKey.from_hex(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"64 hex digits are needed: {error}") from error


def _worded(finding: Finding) -> tuple[int, str]:
    match finding:
        case Verified(entries=entries, vouched=vouched, waiting=waiting):
            return 0, (
                f"日志完整 / the journal is whole: {entries} entries, signed up to {vouched}, "
                f"{waiting} waiting for their seal"
            )
        case BrokenAt(position=None, why=why):
            return 1, f"日志被改动 / the journal is broken: {why}"
        case BrokenAt(position=position, why=why):
            return 1, f"日志被改动 / the journal is broken at position {position}: {why}"
        case CannotTell(why=why):
            return 2, f"无法断定 / cannot tell: {why}"
