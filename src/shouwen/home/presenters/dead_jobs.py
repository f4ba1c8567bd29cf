"""The jobs that were given up, as plain values for those who mend them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.jobs.models import Job
from shouwen.jobs.queries import Load
from shouwen.ui.parts import Action, Empty, Field, Note
from shouwen.ui.wording import moment, waited

LONGEST_ERROR = 120
LONGEST_REASON = 200
_NUMBERS = re.compile(r"\d{7,}")


@dataclass(frozen=True, slots=True)
class DeadJobRow:
    """One dead job: what it is, how often it was tried, its last error in one line, what can be done."""

    number: str
    kind: str
    failed_text: str
    attempts: str
    error: str
    revive: Action
    give_up: Action


@dataclass(frozen=True, slots=True)
class DeadJobsPage:
    """The list, newest first; `load` says how the other jobs stand."""

    heading: str
    load: str
    rows: tuple[DeadJobRow, ...]
    empty: Empty | None = None
    notice: Note | None = None
    more_url: str = ""
    more_label: str = ""


def dead_jobs_page(
    *,
    jobs: Sequence[Job],
    has_more: bool,
    load: Load,
    now: datetime,
    notice: Note | None = None,
) -> DeadJobsPage:
    """The list, or one page of it."""
    rows = tuple(_row(job, now=now) for job in jobs)
    more = f"{reverse('dead_jobs')}?before={jobs[-1].pk}" if has_more else ""
    return DeadJobsPage(
        heading=_("多次失败、等人处理的任务"),
        load=load_text(load),
        rows=rows,
        empty=None if rows else Empty(_("没有失败的任务"), _("后台任务都在按时完成")),
        notice=notice,
        more_url=more,
        more_label=_("更早的"),
    )


def load_text(load: Load) -> str:
    """在等 12 · 进行中 1 · 最久已等 6 分."""
    said = [
        _("在等 %(count)d") % {"count": load.due},
        _("进行中 %(count)d") % {"count": load.running},
        _("失败 %(count)d") % {"count": load.dead},
    ]
    if load.due:
        said.append(_("最久已等 %(time)s") % {"time": waited(load.lag.total_seconds())})
    return " · ".join(said)


def one_line(error: str) -> str:
    """The first line of an error, cut; long runs of digits may be somebody's number and are hidden."""
    first = error.strip().partition("\n")[0]
    shown = _NUMBERS.sub("…", first)
    return shown if len(shown) <= LONGEST_ERROR else f"{shown[:LONGEST_ERROR]}…"


def kind_words(kind: str) -> str:
    """What a kind of job does, in the active language; an unknown kind by its own name."""
    return {
        "clocks.milestone": _("时限到点判定"),
        "messages.send": _("发送消息"),
        "messages.erase": _("清除旧消息的收件人"),
        "messages.calendar_check": _("检查明年日历"),
        "jobs.prune": _("清理已完成的任务"),
    }.get(kind, kind)


def _row(job: Job, *, now: datetime) -> DeadJobRow:
    return DeadJobRow(
        number=str(job.pk),
        kind=kind_words(job.kind),
        failed_text=moment(job.run_at, now=now),
        attempts=str(job.attempts),
        error=one_line(job.last_error),
        revive=Action(
            id=f"revive-{job.pk}",
            verb=_("重做"),
            url=reverse("revive_job", args=[job.pk]),
            icon="refresh",
        ),
        give_up=Action(
            id=f"give-up-{job.pk}",
            verb=_("放弃"),
            url=reverse("give_up_job", args=[job.pk]),
            look="quiet",
            question=_("放弃任务 %(number)s？") % {"number": job.pk},
            text=_("它不会再做。谁放弃的、为什么，会记下来。"),
            confirm=_("放弃"),
            fields=(Field("reason", _("原因"), placeholder=_("例如：已电话通知客户")),),
        ),
    )
