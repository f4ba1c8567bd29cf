"""The standard, and one clause of it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.figures import figures_scope
from shouwen.access.permission import Action, can
from shouwen.adapters import system_clock
from shouwen.clauses.presenters import (
    ClauseMaterial,
    Shelf,
    Shown,
    clause_page,
    scope_text,
    totals,
    tree,
)
from shouwen.clauses.presenters.pages import ExplorerPage
from shouwen.clauses.presenters.places import address
from shouwen.clauses.queries import breaches, due_soon, kept_now, year_of
from shouwen.clocks.queries import active_pack
from shouwen.editions.queries import waiting_changes
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.review.presenters.results import precision_words
from shouwen.review.queries import precision
from shouwen.standard.coverage import coverage
from shouwen.standard.living import emitters
from shouwen.standard.needs import needs_of
from shouwen.standard.pack import Pack
from shouwen.standard.registry import Passage
from shouwen.ui import wording
from shouwen.ui.parts import Shell

LONGEST_SEARCH = 60


@never_cache
@require_GET
def clauses(request: HttpRequest) -> HttpResponse:
    """Every clause by chapter; `?q=` looks in numbers, titles, our wording and scripted lines."""
    staff = _reader(request)
    now, pack, scope = system_clock.now(), active_pack(), figures_scope(staff)
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    shelf = Shelf(pack, kept_now(scope=scope, now=now), search=search, is_wide=True)
    rows = coverage(pack)
    page = ExplorerPage(
        tree=tree(shelf),
        totals=totals(rows),
        scope_text=scope_text(scope),
        coverage_url=address("coverage"),
    )
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        return render(request, "clauses/rows.html", {"page": page})
    outer = shell(
        frame(request, now=now), title=_("条款"), context=_context(pack), current="clauses"
    )
    return render(request, "clauses/clauses.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One clause: what it says, how it is carried out, how well it is kept, where it lives."""
    staff = _reader(request)
    now, pack, scope = system_clock.now(), active_pack(), figures_scope(staff)
    passage = next((each for each in pack.passages if each.clause == clause), None)
    if passage is None:
        raise Http404
    page = clause_page(
        ClauseMaterial(
            passage=passage,
            shown=Shown(
                pack,
                emitters(),
                wording.local_day(now),
                may_draft=can(staff, Action.DRAFT_EDITION),
                confirmed={
                    each.rule_id: precision_words(each) for each in precision(rules=passage.rules)
                },
            ),
            shelf=Shelf(pack, kept_now(scope=scope, now=now), current=clause),
            scope=scope,
            course=year_of(rules=passage.rules, scope=scope, now=now),
            breaches=breaches(
                rules=passage.rules, steps=_steps(pack), scope=scope, viewer=staff, now=now
            ),
            may_look_behind=can(staff, Action.VIEW_BEHIND_FIGURES),
            waiting=waiting_changes(clause) if can(staff, Action.VIEW_EDITIONS) else (),
            due_soon=due_soon(rules=passage.rules, scope=scope),
            now=now,
        )
    )
    return render(
        request,
        "clauses/clause.html",
        {"shell": _shell(request, passage, pack, now), "page": page},
    )


def _reader(request: HttpRequest) -> Staff:
    staff = person(request)
    if not can(staff, Action.VIEW_CLAUSES):
        raise PermissionDenied
    return staff


def _shell(request: HttpRequest, passage: Passage, pack: Pack, now: datetime) -> Shell:
    return shell(
        frame(request, now=now),
        title=_("条款 %(number)s") % {"number": passage.clause},
        context=_context(pack),
        current="clauses",
        watermark=True,
    )


def _context(pack: Pack) -> str:
    gaps = sum(passage.gap is not None for passage in pack.passages)
    return _("%(standard)s · %(count)s 条，%(gaps)s 条有缺口") % {
        "standard": pack.organisation.standard,
        "count": len(pack.passages),
        "gaps": gaps,
    }


def _steps(pack: Pack) -> frozenset[str]:
    """The events that move a matter on: those that some rule waits for."""
    return frozenset(
        event for rule in pack.rules.values() for need in needs_of(rule) for event in need.events
    )
