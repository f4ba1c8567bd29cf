"""Handing a draft in, publishing it, sending it back, counting what it would move."""

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwen.access.permission import Action, can
from shouwen.access.roles import Role
from shouwen.adapters import system_clock
from shouwen.editions import operations
from shouwen.editions.forms import RefuseForm, RevisionForm
from shouwen.editions.models import Edition
from shouwen.editions.views.showing import (
    REFUSALS,
    as_it_is_now,
    edition_row,
    refusal_note,
    show_edition,
)
from shouwen.people.forms import ActForm
from shouwen.people.requests import person
from shouwen.people.views.asking import act_of, allow, first_errors
from shouwen.ui.parts import Note


@never_cache
@require_POST
def edition_submit(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Seals a draft and hands it in."""
    allow(request, Action.DRAFT_EDITION)
    row, form, now = edition_row(edition), RevisionForm(request.POST), system_clock.now()
    if not form.is_valid():
        return _incomplete(request, row)
    return _done(
        request,
        row,
        lambda: operations.submit(
            edition_id=row.pk,
            revision=form.cleaned_data["revision"],
            by=person(request),
            act=act_of(request, form.act),
            now=now,
        ),
    )


@never_cache
@require_POST
def edition_approve(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Publishes a submitted edition; whoever had a hand in it is told that another person does that."""
    row, form, now = edition_row(edition), ActForm(request.POST), system_clock.now()
    if Role.APPROVER not in person(request).role_set:
        raise PermissionDenied
    if not form.is_valid():
        return _incomplete(request, row)
    return _done(
        request,
        row,
        lambda: operations.approve(
            edition_id=row.pk,
            by=person(request),
            act=act_of(request, form.act),
            now=now,
        ),
    )


@never_cache
@require_POST
def edition_refuse(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Sends a submitted edition back; an editor takes the own one back."""
    row, form = edition_row(edition), RefuseForm(request.POST)
    who = person(request)
    is_own = who.staff_no in row.standing.editors and can(who, Action.DRAFT_EDITION)
    if not is_own and not can(who, Action.DECIDE_EDITION, row.standing):
        raise PermissionDenied
    if not form.is_valid():
        told = Note(next(iter(first_errors(form).values())), "warn")
        return show_edition(request, row, notice=told, status=400)
    return _done(
        request,
        row,
        lambda: operations.refuse(
            edition_id=row.pk,
            reason=form.cleaned_data["reason"],
            by=who,
            act=act_of(request, form.act),
            now=system_clock.now(),
        ),
    )


@never_cache
@require_POST
def edition_recount(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Counts anew which clocks the edition would move."""
    allow(request, Action.COUNT_MOVES)
    row = edition_row(edition)
    if row.state == Edition.State.PUBLISHED or row.faults or row.base_id is None:
        return redirect("edition", row.pk)
    return _done(
        request, row, lambda: operations.ask_for_preview(edition=row, now=system_clock.now())
    )


def _done(request: HttpRequest, row: Edition, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except REFUSALS as error:
        return show_edition(request, as_it_is_now(row), notice=refusal_note(error), status=409)
    return redirect("edition", row.pk)


def _incomplete(request: HttpRequest, row: Edition) -> HttpResponse:
    told = Note(_("没收到完整的内容，请再点一次"), "warn")
    return show_edition(request, row, notice=told, status=400)
