"""Commands on the outbox: the jobs that were given up."""

from datetime import UTC
from threading import Event
from typing import Annotated

import typer

from shouwen.adapters import system_clock
from shouwen.jobs.operations import NotDead, revive
from shouwen.jobs.queries import dead_jobs
from shouwen.jobs.worker import work_on_all

app = typer.Typer(help="待办任务 / the outbox of jobs", no_args_is_help=True)


@app.command()
def dead() -> None:
    """列出失败的任务 / list the jobs that were given up, with their last error."""
    for job in dead_jobs():
        moment = job.run_at.astimezone(UTC).isoformat(timespec="seconds")
        typer.echo(f"{job.pk}\t{moment}\t{job.key}\t{job.attempts}\t{job.last_error}")


@app.command()
def retry(
    job: Annotated[int, typer.Argument(help="任务编号 / number of the job, as listed by `dead`")],
) -> None:
    """重做失败的任务 / give a job that was given up a fresh start; exit code 1 when it is not one."""
    try:
        revive(job_id=job, now=system_clock.now())
    except NotDead:
        typer.echo(f"任务 {job} 不在失败之列 / job {job} is not among those given up", err=True)
        raise typer.Exit(1) from None


def run_worker(stop: Event) -> None:
    """Works by the machine's clock until `stop` is set."""
    work_on_all(stop, system_clock.now)
