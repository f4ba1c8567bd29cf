"""A draft tried on the past: asking, watching, calling off, looking at what came out."""

import uuid
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action, CallStanding, can
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import active_pack
from shouwen.editions.models import Edition, WhatIfFlip, WhatIfRun
from shouwen.editions.operations.whatif import (
    AlreadyTrying,
    DaysOutOfOrder,
    ask_what_if,
    call_off,
)
from shouwen.editions.presenters.history import heading
from shouwen.editions.presenters.whatif import (
    Tried,
    flip_lines,
    number,
    progress_box,
    question_fields,
    result_box,
)
from shouwen.editions.presenters.whatif_pages import FlipsPage, ProgressBox, WhatIfPage
from shouwen.editions.queries.whatif import (
    case_numbers,
    examples_of,
    flips_of,
    latest_run,
    outcome_of,
)
from shouwen.editions.views.showing import edition_row, pack_of, team_names
from shouwen.people.forms import ActForm
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.people.views.asking import allow, first_errors
from shouwen.standard.differing import differences
from shouwen.ui import wording
from shouwen.ui.parts import Choice, Empty, Note

PAGE = 50
_ANY_CALL = CallStanding()


class DaysForm(ActForm):
    """Which days are asked about, both included."""

    since = forms.DateField(error_messages={"required": gettext_lazy("写上第一天")})
    until = forms.DateField(error_messages={"required": gettext_lazy("写上最后一天")})
    what = forms.ChoiceField(choices=[("all", "all"), ("calls", "calls")], required=False)


@never_cache
@require_GET
def whatif(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """What a draft would have made of the past."""
    allow(request, Action.VIEW_EDITIONS)
    return _show(request, edition_row(edition))


@never_cache
@require_POST
def whatif_ask(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Asks; the worker does the rest."""
    allow(request, Action.TRY_EDITION)
    row, form, now = edition_row(edition), DaysForm(request.POST), system_clock.now()
    if not form.is_valid():
        told = Note(next(iter(first_errors(form).values())), "warn")
        return _show(request, row, notice=told, status=400)
    if not row.digest or row.faults:
        told = Note(_("草案还有问题，改好才能试算。"), "warn")
        return _show(request, row, notice=told, status=409)
    try:
        ask_what_if(
            edition=row,
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            by=person(request),
            run_id=form.act,
            now=now,
            calls_only=form.cleaned_data["what"] == "calls",
        )
    except AlreadyTrying:
        told = Note(_("这份草案正在试算，等它算完，或先取消。"), "warn")
        return _show(request, row, notice=told, status=409)
    except DaysOutOfOrder:
        told = Note(_("“从”要早于“到”，而且是已经过去的日子。"), "warn")
        return _show(request, row, notice=told, status=400)
    return redirect("whatif", row.pk)


@never_cache
@require_POST
def whatif_cancel(request: HttpRequest, edition: uuid.UUID, run: uuid.UUID) -> HttpResponse:
    """Calls a try off."""
    allow(request, Action.TRY_EDITION)
    call_off(run_id=_run(edition, run).pk, now=system_clock.now())
    return redirect("whatif", edition)


@never_cache
@require_GET
def whatif_progress(request: HttpRequest, edition: uuid.UUID, run: uuid.UUID) -> HttpResponse:
    """The bar, fetched again while the try is under way; then the page comes anew."""
    allow(request, Action.VIEW_EDITIONS)
    box = _progress(request, _run(edition, run))
    if box is None or not box.refresh_url:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "editions/whatif_progress.html", {"progress": box})


@never_cache
@require_GET
def whatif_flips(request: HttpRequest, edition: uuid.UUID, run: uuid.UUID) -> HttpResponse:
    """Every change of verdict."""
    allow(request, Action.VIEW_EDITIONS)
    row, found, now = edition_row(edition), _run(edition, run), system_clock.now()
    turn, clause = request.GET.get("turn", ""), request.GET.get("clause", "")
    after, rule = request.GET.get("after", ""), request.GET.get("rule", "")
    tried = _tried(request, row, found, now=now)
    if turn not in WhatIfFlip.Turn.values:
        turn = ""
    rules = [rule] if rule else _rules_of(tried, clause) if tried and clause else []
    flips = flips_of(
        run=found,
        turn=turn,
        rule_ids=rules,
        after=int(after) if after.isdecimal() else 0,
        limit=PAGE + 1,
    )
    shown = flips[:PAGE]
    tried = _tried(request, row, found, now=now, flips=shown)
    address = f"{_address(row, found, turn, clause)}&rule={rule}"
    more = f"{address}&after={shown[-1].pk}" if len(flips) > PAGE else ""
    page = FlipsPage(
        heading=_("判定变了的"),
        summary=clause,
        back_url=reverse("whatif", args=[row.pk]),
        turns=_turns(row, found, turn, clause, tried),
        rows=flip_lines(tried, shown) if tried else (),
        more_url=more,
        empty=None if shown else Empty(_("没有判定会变"), "", "circle-check"),
    )
    outer = shell(
        frame(request, now=now), title=heading(row), context=page.heading, current="editions"
    )
    return render(request, "editions/whatif_flips.html", {"shell": outer, "page": page})


def _show(
    request: HttpRequest, row: Edition, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    run = latest_run(edition=row)
    tried = _tried(request, row, run, now=now, with_examples=True) if run else None
    progress = _progress(request, run) if run else None
    is_active = run is not None and run.is_active
    may_ask = can(person(request), Action.TRY_EDITION) and not is_active
    page = WhatIfPage(
        heading=heading(row),
        back_url=reverse("edition", args=[row.pk]),
        ask_url=reverse("whatif_ask", args=[row.pk]) if may_ask else "",
        fields=question_fields(
            today=wording.local_day(now),
            act_id=ids.uuid7(now),
            run=run,
            of_calls="calls" in request.GET,
        ),
        calls_url=f"{reverse('whatif', args=[row.pk])}?calls#h-ask" if may_ask else "",
        progress=progress,
        result=result_box(tried) if tried else None,
        empty=None if tried or progress else _nothing_yet(),
        notice=notice,
    )
    outer = shell(
        frame(request, now=now), title=page.heading, context=_("试算过去"), current="editions"
    )
    return render(request, "editions/whatif.html", {"shell": outer, "page": page}, status=status)


def _nothing_yet() -> Empty:
    return Empty(
        _("还没有试算过"),
        _("选一段过去的日子：按草案重判那时开始的每件事，看哪些承诺会守不住。什么都不会被改动。"),
        "clock-hour-4",
    )


def _run(edition: uuid.UUID, run: uuid.UUID) -> WhatIfRun:
    runs = WhatIfRun.objects.select_related("asked_by")
    return get_object_or_404(runs, pk=run, edition=edition)


def _progress(request: HttpRequest, run: WhatIfRun) -> ProgressBox | None:
    may_cancel = can(person(request), Action.TRY_EDITION)
    return progress_box(run, may_cancel=may_cancel, act_id=ids.uuid7(system_clock.now()))


def _tried(
    request: HttpRequest,
    row: Edition,
    run: WhatIfRun,
    *,
    now: datetime,
    flips: list[WhatIfFlip] | None = None,
    with_examples: bool = False,
) -> Tried | None:
    found = outcome_of(run)
    if found is None:
        return None
    if flips is None:
        flips = examples_of(run=run) if with_examples else []
    old, new = active_pack(), pack_of(row) or active_pack()
    return Tried(
        run=run,
        row=row,
        old=old,
        new=new,
        chapters=differences(old=old, new=new),
        outcome=found,
        examples=flips,
        numbers=case_numbers(flips),
        opens_calls=can(person(request), Action.VIEW_CALL, _ANY_CALL),
        teams=team_names(),
        now=now,
    )


def _rules_of(tried: Tried, clause: str) -> list[str]:
    """The rules of a clause that were judged; a name that cannot be, where there are none."""
    named = [(rule_id, tried.rule(rule_id)) for rule_id in tried.outcome.rules]
    return [rule_id for rule_id, rule in named if rule and rule.clause == clause] or [""]


def _turns(
    row: Edition, run: WhatIfRun, turn: str, clause: str, tried: Tried | None
) -> tuple[Choice, ...]:
    if tried is None:
        return ()
    total = tried.outcome.total
    counts = {
        "": total.added + total.saved + total.other,
        "added": total.added,
        "saved": total.saved,
        "other": total.other,
    }
    labels = {"": _("全部"), **{str(each.value): str(each.label) for each in WhatIfFlip.Turn}}
    return tuple(
        Choice(
            f"{labels[name]} {number(count)}" if not clause else labels[name],
            _address(row, run, name, clause),
            is_on=name == turn,
        )
        for name, count in counts.items()
        if count or not name
    )


def _address(row: Edition, run: WhatIfRun, turn: str, clause: str) -> str:
    return f"{reverse('whatif_flips', args=[row.pk, run.pk])}?turn={turn}&clause={clause}"
