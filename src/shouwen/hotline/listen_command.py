"""`shouwen calls listen`: what is measured on a recording, and what the standard says of it. Needs no database."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from shouwen.standard.locations import default_pack_path

Format = Literal["text", "json", "record"]

app = typer.Typer(help="通话记录 / recorded calls", no_args_is_help=True)


@app.callback()
def calls() -> None:
    """通话记录 / Recorded calls."""


@app.command()
def listen(
    recording: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    output: Annotated[Format, typer.Option("--format", help="text | json | record")] = "text",
    *,
    transcribe: Annotated[
        Path | None,
        typer.Option(
            help="识别模型目录，另写成文字 / folder of a model: write down what was said"
        ),
    ] = None,
    call: Annotated[
        Path | None,
        typer.Option(
            help="通话记录 JSON，补话机事件等 / what else is known of the call, as a JSON record",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    usual_pitch: Annotated[
        float | None,
        typer.Option(help="坐席平时声调 Hz / the agent's usual pitch in Hz", min=1),
    ] = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", help="标准包目录 / directory of the pack")
    ] = None,
) -> None:
    """量双声道录音：谁说、抢话、静音、响度、语速、声调 / measure a two-channel wav, judge what it tells.

    The customer is left, the agent right. `--format record` prints one line for `calls review`.
    Exit code 1 for a file, model or record that cannot be used, and where an extra is missing:
    then nothing passes, it is "not evaluated".
    """
    if output == "record" and transcribe is None:
        raise typer.BadParameter(
            "record 要同时写 --transcribe / record needs --transcribe", param_hint="--format"
        )
    # Only here: what listens takes its time to load, and other commands of this group need none of it.
    from shouwen.hotline.listen_run import Options, run

    options = Options(
        recording=recording,
        output=output,
        model=transcribe,
        call=call,
        usual_pitch=usual_pitch,
        pack=pack or default_pack_path(),
    )
    raise typer.Exit(run(options))
