"""The pages of the figures."""

import base64
import binascii
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.figures import figures_scope
from shouwen.adapters import system_clock
from shouwen.clocks.models import Ruling
from shouwen.clocks.queries import active_pack
from shouwen.clocks.queries.figures import Counts, by_person, by_team, course, trend
from shouwen.clocks.queries.rulings import After, rulings
from shouwen.core.kinds import Rule
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.reports.forms import asked
from shouwen.reports.presenters import Overview, RuleFigures, overview_page, rule_page
from shouwen.reports.presenters.filters import Around
from shouwen.reports.presenters.words import takes_share
from shouwen.reports.queries import cases_behind, clocks_behind, names_of, people_in
from shouwen.ui import wording
from shouwen.ui.parts import Shell

ROWS = 50
SPARK_STEPS = 12


@never_cache
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How well every rule is kept, as far as this person may see."""
    now = system_clock.now()
    around = _around(request, now=now)
    courses = course(
        since=around.asked.since,
        until=around.asked.until,
        steps=SPARK_STEPS,
        department=around.scope.department,
        staff_no=around.scope.staff_no,
    )
    page = overview_page(Overview(around, courses, active_pack()))
    outer = _shell(request, title=_("看板"), context=page.whose, now=now)
    return render(request, "reports/figures.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def rule_figures(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: its course, teams and people, and the matters behind the figure."""
    now = system_clock.now()
    around = _around(request, now=now)
    found = active_pack().rules.get(rule)
    if found is None:
        raise Http404
    if "verdict" not in request.GET and not takes_share(found):
        around = replace(around, asked=replace(around.asked, verdict="met"))
    page = rule_page(_rule_figures(request, around, found, now=now))
    outer = _shell(request, title=page.title, context=page.whose, now=now)
    return render(request, "reports/rule.html", {"shell": outer, "page": page})


def _around(request: HttpRequest, *, now: datetime) -> Around:
    """What is asked for, within what the person may see. Raises PermissionDenied for more."""
    seen = figures_scope(person(request))
    wanted = asked(request.GET, today=wording.local_day(now))
    scope = seen.narrowed(department=wanted.team, staff_no=wanted.person) if seen else None
    if seen is None or scope is None:
        raise PermissionDenied
    teams = list(departments())
    people = people_in(seen) if seen.names_people else [person(request)]
    return Around(asked=wanted, seen=seen, scope=scope, departments=teams, people=people)


def _rule_figures(
    request: HttpRequest, around: Around, rule: Rule, *, now: datetime
) -> RuleFigures:
    wanted, scope, viewer = around.asked, around.scope, person(request)
    found = (
        []
        if not scope.behind
        else rulings(
            rule_id=rule.id,
            since=wanted.since,
            until=wanted.until,
            verdict="" if wanted.verdict == "all" else wanted.verdict,
            department=scope.department,
            staff_no=scope.staff_no,
            after=_after(wanted.after),
            limit=ROWS + 1,
        )
    )
    shown = found[:ROWS]
    teams, people = _teams_and_people(around, rule)
    names = {row.staff_no: row.name for row in around.people}
    unknown = {row.staff_no for row in shown} | {number for _team, number in people}
    return RuleFigures(
        around=around,
        rule=rule,
        days=trend(
            rule_id=rule.id,
            since=wanted.since,
            until=wanted.until,
            department=scope.department,
            staff_no=scope.staff_no,
        ),
        teams=teams,
        people=people,
        rulings=shown,
        behind=cases_behind(rulings=shown, viewer=viewer),
        clocks=clocks_behind(rulings=shown, viewer=viewer),
        names=names | dict(names_of(staff_nos=unknown - names.keys())),
        pack=active_pack(),
        now=now,
        after=_mark(shown[-1]) if len(found) > ROWS else "",
    )


def _teams_and_people(
    around: Around, rule: Rule
) -> tuple[Mapping[str, Counts], Mapping[tuple[str, str], Counts]]:
    """By team where more than one is shown, by person where more than one is."""
    since, until, scope = around.asked.since, around.asked.until, around.scope
    teams: Mapping[str, Counts] = {}
    people: Mapping[tuple[str, str], Counts] = {}
    if scope.is_all:
        teams = by_team(rule_id=rule.id, since=since, until=until)
    if scope.names_people:
        people = by_person(rule_id=rule.id, since=since, until=until, department=scope.department)
    return teams, people


def _shell(request: HttpRequest, *, title: str, context: str, now: datetime) -> Shell:
    return shell(
        frame(request, now=now), title=title, context=context, current="figures", watermark=True
    )


def _mark(ruling: Ruling) -> str:
    """Where a page of rulings ended, as one word for an address."""
    text = f"{ruling.decided_at.isoformat()} {ruling.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _after(mark: str) -> After | None:
    try:
        moment, pk = base64.urlsafe_b64decode(mark.encode()).decode().split(" ")
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(pk)) if at.utcoffset() is not None else None
    except (ValueError, binascii.Error):
        return None
