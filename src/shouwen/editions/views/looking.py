"""Looking at editions: the list, one of them, what differs, what moves, the files."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_pack
from shouwen.editions import operations
from shouwen.editions.models import Edition, Passing
from shouwen.editions.presenters.changes import changes_summary, chapter_boxes, move_lines
from shouwen.editions.presenters.history import heading, history_page
from shouwen.editions.presenters.pages import DiffPage, MovesPage
from shouwen.editions.queries import editions_listed, moves_of, open_drafts, teams_of
from shouwen.editions.queries.passings import After, passings_of
from shouwen.editions.views.showing import (
    edition_row,
    impact_of,
    pack_of,
    show_edition,
    team_names,
)
from shouwen.people.operations import Act
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.people.views.asking import allow
from shouwen.standard.differing import Chapter, differences
from shouwen.ui.parts import Choice, Empty, Note

PAGE = 50


@never_cache
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Every published edition, and the drafts."""
    allow(request, Action.VIEW_EDITIONS)
    return show_history(request)


def show_history(
    request: HttpRequest, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    """The list; with a notice when something was refused."""
    now = system_clock.now()
    before = request.GET.get("before", "")
    rows = editions_listed(before=int(before) if before.isdecimal() else None, limit=PAGE + 1)
    page = history_page(
        viewer=person(request),
        rows=rows[:PAGE],
        drafts=open_drafts(),
        has_more=len(rows) > PAGE,
        new_id=ids.uuid7(now),
        now=now,
        notice=notice,
    )
    outer = shell(frame(request, now=now), title=_("标准版本"), current="editions")
    context = {"shell": outer, "page": page}
    return render(request, "editions/history.html", context, status=status)


@never_cache
@require_GET
def edition(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """One edition."""
    allow(request, Action.VIEW_EDITIONS)
    return show_edition(request, edition_row(edition))


@never_cache
@require_GET
def edition_impact(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """The box of what moves, fetched again while it is counted."""
    allow(request, Action.VIEW_EDITIONS)
    found = impact_of(request, edition_row(edition))
    return render(request, "editions/impact.html", {"impact": found})


@never_cache
@require_GET
def edition_moves(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Every clock that the edition moves, or moved."""
    allow(request, Action.VIEW_EDITIONS)
    row, now = edition_row(edition), system_clock.now()
    is_published = row.state == Edition.State.PUBLISHED
    purpose = Passing.Purpose.MOVE if is_published else Passing.Purpose.PREVIEW
    passings = passings_of(edition=row, purpose=purpose)
    team = request.GET.get("team")
    found = moves_of(
        passings=passings,
        department=team,
        limit=PAGE + 1,
        after=_after(request.GET.get("after", "")),
    )
    names = team_names()
    moved = sum(passing.moved for passing in passings)
    page = MovesPage(
        heading=_("动过的时钟") if is_published else _("会动的时钟"),
        back_url=reverse("edition", args=[row.pk]),
        summary=_("共 %(count)s 个，立刻超时 %(overdue)s 个")
        % {"count": moved, "overdue": sum(passing.newly_overdue for passing in passings)},
        teams=_teams(passings, names, row, team),
        rows=move_lines(
            found[:PAGE], pack=pack_of(row) or active_pack(), departments=names, now=now
        ),
        more_url=_more_url(row, team, found) if len(found) > PAGE else "",
        empty=None if found else Empty(_("没有时钟会动"), "", "circle-check"),
    )
    outer = shell(
        frame(request, now=now), title=heading(row), context=page.heading, current="editions"
    )
    return render(request, "editions/moves.html", {"shell": outer, "page": page})


def _teams(
    passings: list[Passing], names: dict[str, str], row: Edition, team: str | None
) -> tuple[Choice, ...]:
    address = reverse("edition_moves", args=[row.pk])
    found = [
        Choice(
            f"{names.get(each.department, each.department) or _('没有承办部门')} {each.moved}",
            f"{address}?team={each.department}",
            is_on=each.department == team,
        )
        for each in teams_of(passings=passings)
    ]
    if len(found) < 2:
        return ()
    return (Choice(_("全部"), address, is_on=team is None), *found)


def _more_url(row: Edition, team: str | None, found: list) -> str:  # type: ignore[type-arg]  # ClockMove
    last = found[PAGE - 1]
    mark = f"{last.rank},{last.urgency_at.isoformat()},{last.pk}"
    address = reverse("edition_moves", args=[row.pk], query=_query(team, mark))
    return str(address)


def _query(team: str | None, mark: str) -> dict[str, str]:
    return {"after": mark} if team is None else {"team": team, "after": mark}


def _after(mark: str) -> After | None:
    try:
        rank, at, last = mark.split(",")
        return int(rank), datetime.fromisoformat(at), int(last)
    except ValueError:
        return None


@never_cache
@require_GET
def edition_diff(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """What changed from another edition to this one; from its base unless another is named."""
    allow(request, Action.VIEW_EDITIONS)
    row, now = edition_row(edition), system_clock.now()
    others = [each for each in editions_listed() if each.pk != row.pk]
    wanted = request.GET.get("with", str(row.base_id or ""))
    other = next((each for each in others if str(each.pk) == wanted), row.base)
    old, new = pack_of(other) if other else None, pack_of(row)
    chapters: tuple[Chapter, ...] = differences(old=old, new=new) if old and new else ()
    address = reverse("edition_diff", args=[row.pk])
    page = DiffPage(
        heading=_("改了什么"),
        back_url=reverse("edition", args=[row.pk]),
        old=heading(other) if other else "—",
        new=heading(row),
        others=tuple(
            Choice(
                _("第 %(number)s 版") % {"number": each.number},
                f"{address}?with={each.pk}",
                is_on=other is not None and each.pk == other.pk,
            )
            for each in others[:12]
        ),
        chapters=chapter_boxes(chapters),
        summary=changes_summary(chapters),
        empty=None if chapters else Empty(_("没有差别"), "", "circle-check"),
    )
    outer = shell(
        frame(request, now=now), title=page.heading, context=heading(row), current="editions"
    )
    return render(request, "editions/diff.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def edition_zip(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """The files of an edition, always as a download; the read is journalled."""
    allow(request, Action.VIEW_EDITIONS)
    row, now = edition_row(edition), system_clock.now()
    act = Act(id=ids.uuid7(now), by=person(request).staff_no, workstation=workstation(request))
    content = operations.take_files(edition=row, act=act, now=now)
    answer = HttpResponse(content, content_type="application/zip")
    name = f"edition-{row.number}" if row.number else f"draft-{str(row.pk)[-6:]}-r{row.revision}"
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
