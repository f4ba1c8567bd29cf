"""The command `shouwen`. Django is loaded only by the commands that need it."""

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from shouwen.adapters import system_clock
from shouwen.config import boot
from shouwen.config.signals import stopped_by_signal


def _later(plain: tuple[str, ...], with_django: tuple[str, ...]) -> type[TyperGroup]:
    """A group of the commands of modules, which are imported when one of them is asked for.

    Those `with_django` wait until a command is asked for that the `plain` ones do not have.
    """

    class Later(TyperGroup):
        # Typer keeps the types of contexts and commands to itself, hence Any.
        def list_commands(self, ctx: Any) -> list[str]:
            return [*_commands(plain), *self._needing_django()]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            return _commands(plain).get(cmd_name) or self._needing_django().get(cmd_name)

        def _needing_django(self) -> dict[str, Any]:
            if with_django:
                boot.django()
            return _commands(with_django)

    return Later


def _commands(modules: tuple[str, ...]) -> dict[str, Any]:
    groups = [get_group(import_module(module).app) for module in modules]
    return {name: command for group in groups for name, command in group.commands.items()}


def _group(name: str, *modules: str, text: str, plain: tuple[str, ...] = ()) -> None:
    group = typer.Typer(cls=_later(plain, modules), no_args_is_help=True)
    app.add_typer(group, name=name, help=text)


app = typer.Typer(
    help="首问 Shouwen：标准即程序 / the standard is the program",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_group(
    "standard",
    "shouwen.editions.commands",
    plain=("shouwen.standard.commands",),
    text="标准包 / the standard pack",
)
_group(
    "calls",
    "shouwen.hotline.commands",
    plain=("shouwen.standard.review_command", "shouwen.hotline.listen_command"),
    text="通话记录 / recorded calls",
)
_group("journal", "shouwen.clocks.commands", text="日志 / the journal")
_group(
    "customers",
    "shouwen.customers.commands",
    "shouwen.cases.import_command",
    text="客户与用气地址 / customers and premises",
)
_group(
    "telephony",
    "shouwen.config.telephony_commands",
    text="电话交换机 / the telephone exchange",
)
_group("billing", "shouwen.customers.billing_command", text="计费数据 / the billing system")
_group("knowledge", "shouwen.knowledge.commands", text="知识库 / the knowledge base")
_group("jobs", "shouwen.jobs.commands", text="待办任务 / the outbox of jobs")
_group("messages", "shouwen.messages.commands", text="消息 / messages to people")

Host = Annotated[str, typer.Option(help="监听地址 / address to listen on")]
Port = Annotated[int, typer.Option(help="端口 / port")]


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """网页与实时流 / pages and live stream, one process."""
    from shouwen.config import web

    web.serve(host=host, port=port)


@app.command()
def up(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """启动全部进程 / web, worker, ticker, sealer and the exchange together; Ctrl-C ends all."""
    boot.django()
    from django.conf import settings

    from shouwen.config.supervisor import installation, supervise
    from shouwen.config.upgrade import is_up_to_date

    if not is_up_to_date():
        typer.echo("请先运行 shouwen migrate / run `shouwen migrate` first", err=True)
        raise typer.Exit(1)
    _refuse_taken_port(host, port)
    has_telephony = settings.SHOUWEN_TELEPHONY != "none"
    children = installation(host=host, port=port, has_telephony=has_telephony)
    supervise(children, say=typer.echo)


@app.command()
def worker() -> None:
    """执行待办任务 / run queued jobs."""
    boot.django()
    from shouwen.config.beats import beating
    from shouwen.config.settings import SHOUWEN_HOME
    from shouwen.jobs.commands import run_worker

    with beating("worker", home=SHOUWEN_HOME):
        run_worker(stopped_by_signal())


@app.command()
def ticker() -> None:
    """让到点的时限生效 / turn due milestones of clocks into jobs."""
    boot.django()
    from shouwen.clocks.ticker import tick_forever
    from shouwen.config.beats import beating
    from shouwen.config.settings import SHOUWEN_HOME

    with beating("ticker", home=SHOUWEN_HOME):
        tick_forever(stopped_by_signal(), system_clock.now)


@app.command()
def sealer() -> None:
    """封存日志 / seal the journal."""
    boot.django()
    from shouwen.config.beats import beating
    from shouwen.config.settings import SHOUWEN_HOME
    from shouwen.journal.commands import run_sealer

    with beating("sealer", home=SHOUWEN_HOME):
        run_sealer(stopped_by_signal())


@app.command()
def init(  # noqa: PLR0913 - one for each option
    *,
    wishes: Annotated[
        Path | None,
        typer.Option("--from", help="按文件安装 / what to install, as TOML", exists=True),
    ] = None,
    staff: Annotated[Path | None, typer.Option(help="人员表 / staff as xlsx", exists=True)] = None,
    admin_no: Annotated[
        str, typer.Option(help="系统管理员工号 / staff number of the administrator")
    ] = "",
    admin_name: Annotated[str, typer.Option(help="姓名 / name")] = "",
    links_out: Annotated[
        Path | None,
        typer.Option(help="链接写入 CSV / write the links to a file only you can read"),
    ] = None,
    new_links: Annotated[
        bool,
        typer.Option(
            "--new-links", help="给没设密码的人新链接 / fresh links for all without a password"
        ),
    ] = False,
    url: Annotated[
        str, typer.Option(help="网页地址，用于链接 / address of the pages, for the links")
    ] = "http://127.0.0.1:8000",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不提问 / ask nothing")] = False,
    write_staff_template: Annotated[
        Path | None, typer.Option(help="写一份空的人员表 / write an empty staff table and stop")
    ] = None,
) -> None:
    """安装：部门、人员、第一位管理员 / set an installation up; run again it changes only what is asked."""
    boot.django()
    from shouwen.installation.run import Options, run, write_template

    if write_staff_template:
        write_template(write_staff_template)
        return
    code = run(
        Options(
            wishes=wishes,
            staff=staff,
            admin_no=admin_no,
            admin_name=admin_name,
            links_out=links_out,
            new_links=new_links,
            base_url=url,
            is_quiet=yes,
        )
    )
    raise typer.Exit(code)


@app.command()
def doctor(
    format: Annotated[str, typer.Option(help="text | json")] = "text",
) -> None:
    """体检：哪里不对、怎么修 / what is wrong with this installation and how to mend it; exit code 1 if anything is."""
    boot.django()
    from shouwen.config.doctor.command import run

    raise typer.Exit(run(as_json=format == "json"))


@app.command()
def migrate() -> None:
    """数据库与静态文件升级到本版本 / bring database and static files up to this version."""
    boot.django()
    from shouwen.config.upgrade import upgrade

    upgrade()


@app.command()
def check() -> None:
    """检查设置、模型与迁移 / check settings, models and migrations."""
    boot.django()
    from shouwen.config.models_check import check_models

    faults = check_models()
    for fault in faults:
        typer.echo(fault, err=True)
    raise typer.Exit(1 if faults else 0)


@app.command()
def demo(
    homes: Annotated[int, typer.Option(help="居民户数 / homes")] = 5000,
    businesses: Annotated[int, typer.Option(help="非居民户数 / businesses")] = 120,
    port: Port = 8000,
) -> None:
    """演示城市 / a demo city with staff and recorded calls, ready to look at."""
    os.environ.setdefault("SHOUWEN_TELEPHONY", "simulator")  # for the processes it starts too
    spoken = Path(__file__).parent / "demo" / "calls.jsonl"
    os.environ.setdefault("SHOUWEN_SIMULATED_CALLS", str(spoken))
    boot.django()
    from shouwen.demo.run import run

    _refuse_taken_port("127.0.0.1", port)
    run(homes=homes, businesses=businesses, port=port)


@app.command(hidden=True)
def demo_calls() -> None:
    """演示通话 / play the demo's recorded calls into the running demo, once."""
    boot.django()
    from shouwen.demo.play import play

    play()


@app.command(hidden=True)
def demo_agents() -> None:
    """演示坐席 / colleagues of the demo who answer what rings at their telephones."""
    boot.django()
    from shouwen.demo.life import sit_at_telephones

    sit_at_telephones(stop=stopped_by_signal(), clock=system_clock.now)


def _refuse_taken_port(host: str, port: int) -> None:
    from shouwen.config.web import is_free

    if not is_free(host=host, port=port):
        typer.echo(
            f"端口 {port} 已被占用，请用 --port 换一个 / port {port} is taken: choose another with --port",
            err=True,
        )
        raise typer.Exit(1)


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
