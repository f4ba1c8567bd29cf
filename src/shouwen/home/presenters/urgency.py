"""Putting clocks into groups by how soon they are due."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from shouwen.clocks.models import Clock
from shouwen.ui import wording
from shouwen.ui.presenters import state_word

GROUPS = ("missed", "hour", "today", "later", "paused", "gap", "owned")


def group_of(clock: Clock, *, now: datetime) -> str:
    """The group of an open clock at `now`; one of GROUPS."""
    if clock.state == "paused":
        return "paused"
    if clock.state in ("gap", "no_promise"):
        return "gap"
    if clock.due_at is None:
        return "owned"
    if clock.due_at < now:
        return "missed"
    if clock.due_at <= now + timedelta(hours=1):
        return "hour"
    return "today" if wording.local_day(clock.due_at) == wording.local_day(now) else "later"


def group_title(group: str, count: int) -> str:
    """The head of a group with its count."""
    title = {
        "missed": state_word("missed"),
        "hour": _("1 小时内"),
        "today": _("今天"),
        "later": _("以后"),
        "paused": state_word("paused"),
        "gap": state_word("gap"),
        "owned": _("在办，没有期限"),
    }[group]
    return f"{title} {count}"


def in_groups(clocks: Iterable[Clock], *, now: datetime) -> list[tuple[str, list[Clock]]]:
    """The clocks by group, groups in the order of GROUPS, empty ones left out."""
    by_group: dict[str, list[Clock]] = {group: [] for group in GROUPS}
    for clock in clocks:
        by_group[group_of(clock, now=now)].append(clock)
    return [(group, rows) for group, rows in by_group.items() if rows]
