"""`shouwen knowledge …`: loads the articles. Django is set up before this is imported."""

from pathlib import Path
from typing import Annotated

import typer

from shouwen.adapters import system_clock
from shouwen.knowledge.files import read_articles
from shouwen.knowledge.operations import load_articles, load_pack_articles
from shouwen.standard.faults import PackFaults

app = typer.Typer(help="知识库 / the knowledge base", no_args_is_help=True)


@app.callback()
def knowledge() -> None:
    """知识库 / The knowledge base."""


@app.command()
def load(
    folder: Annotated[
        Path | None,
        typer.Argument(
            exists=True, file_okay=False, help="默认用标准包里的 / default: the pack's"
        ),
    ] = None,
) -> None:
    """载入知识；再运行一次不重复 / load the articles; run again it changes nothing. Exit code 1 on faults."""
    now = system_clock.now()
    try:
        done = (
            load_articles(written=read_articles(folder), now=now)
            if folder
            else load_pack_articles(now=now)
        )
    except PackFaults as error:
        for fault in error.faults:
            typer.echo(
                f"{fault.file}: {fault.path}: {fault.problem.zh}；{fault.remedy.zh}"
                f" / {fault.problem.en}; {fault.remedy.en}",
                err=True,
            )
        raise typer.Exit(1) from None
    typer.echo(
        f"新增 / new {done.new}，更新 / changed {done.changed}，没变 / same {done.same}，"
        f"撤下 / withdrawn {done.withdrawn}"
    )
