"""Do the processes live, does their work keep up, does the journal hold?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from shouwen.clocks.models import Clock
from shouwen.config.beats import ALIVE_WITHIN, last_beat
from shouwen.config.doctor.findings import Finding, Site, ok, wrong
from shouwen.core.clause import Words
from shouwen.jobs.models import Job
from shouwen.journal.models import Unsealed
from shouwen.journal.queries import verify_last

PROCESSES = {
    "worker": Words(zh="任务进程", en="the worker"),
    "ticker": Words(zh="计时进程", en="the ticker"),
    "sealer": Words(zh="封存进程", en="the sealer"),
}
TELEPHONY = Words(zh="话务进程", en="the telephony process")
LATE = timedelta(seconds=60)
LAST_SEALS = 1000


def beats(site: Site) -> Iterator[Finding]:
    """Whether worker, ticker and sealer, and the process at the exchange, give signs of life."""
    telephony = {} if settings.SHOUWEN_TELEPHONY == "none" else {"telephony": TELEPHONY}
    for name, title in (PROCESSES | telephony).items():
        command = "telephony run" if name == "telephony" else name
        at = last_beat(name, home=site.home)
        if at is not None and site.now - at < ALIVE_WITHIN:
            yield ok("beats", f"{title.zh}在运行", f"{title.en} is running")
            continue
        since = f"（{at:%Y-%m-%d %H:%M} UTC 起）" if at else ""
        yield wrong(
            "beats",
            Words(
                zh=f"{title.zh}没有在运行{since}",
                en=f"{title.en} is not running"
                + (f" since {at:%Y-%m-%d %H:%M} UTC" if at else ""),
            ),
            Words(
                zh=f"运行 shouwen up，或单独运行 shouwen {command}",
                en=f"run `shouwen up`, or `shouwen {command}` by itself",
            ),
        )


def lag(site: Site) -> Iterator[Finding]:
    """How long the oldest piece of work has been waiting, for each process."""
    unsealed = Unsealed.objects.aggregate(oldest=Min("entry__recorded_at"))["oldest"]
    yield from _judged_lag(
        "sealer", unsealed, site.now, Words(zh="日志等着封存", en="an entry waits for its seal")
    )
    due = Clock.objects.filter(next_milestone_at__lt=site.now).aggregate(
        oldest=Min("next_milestone_at")
    )["oldest"]
    yield from _judged_lag(
        "ticker",
        due,
        site.now,
        Words(zh="到点的时限没有生效", en="a milestone has passed unnoticed"),
    )
    ready = Job.objects.filter(state=Job.State.READY, run_at__lt=site.now).aggregate(
        oldest=Min("run_at")
    )["oldest"]
    yield from _judged_lag("worker", ready, site.now, Words(zh="任务等着执行", en="a job waits"))


def _judged_lag(
    name: str, oldest: datetime | None, now: datetime, what: Words
) -> Iterator[Finding]:
    waited = now - oldest if oldest else timedelta(0)
    seconds = max(0, round(waited.total_seconds()))
    if waited <= LATE:
        yield ok("lag", f"{PROCESSES[name].zh}没有积压", f"{PROCESSES[name].en} keeps up")
        return
    yield wrong(
        "lag",
        Words(zh=f"{what.zh}，已 {seconds} 秒", en=f"{what.en} for {seconds} s"),
        Words(
            zh=f"看 shouwen {name} 的输出；没在运行就启动它",
            en=f"look at the output of `shouwen {name}`; start it if it does not run",
        ),
    )


def dead(site: Site) -> Iterator[Finding]:
    """Whether jobs were given up."""
    count = Job.objects.filter(state=Job.State.DEAD).count()
    if count:
        yield wrong(
            "dead",
            Words(zh=f"{count} 个任务做不成，已放弃", en=f"{count} jobs were given up"),
            Words(
                zh="用 shouwen jobs dead 看原因，处理后 shouwen jobs retry 编号",
                en="see why with `shouwen jobs dead`, mend it, then `shouwen jobs retry NUMBER`",
            ),
        )
        return
    yield ok("dead", "没有放弃的任务", "no job was given up")


def journal(site: Site) -> Iterator[Finding]:
    """Whether the end of the journal is what was sealed."""
    broken = verify_last(count=LAST_SEALS)
    if broken:
        yield wrong(
            "journal",
            Words(
                zh=f"日志第 {broken.position} 位被改动：{broken.why}",
                en=f"the journal is broken at position {broken.position}: {broken.why}",
            ),
            Words(
                zh="不要再写；运行 shouwen journal verify，从备份恢复",
                en="stop writing; run `shouwen journal verify` and restore from a backup",
            ),
        )
        return
    yield ok(
        "journal",
        f"日志最后 {LAST_SEALS} 条完好",
        f"the last {LAST_SEALS} entries of the journal hold",
    )
