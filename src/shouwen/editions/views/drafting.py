"""Changing a draft: starting it, the form of a rule, uploads."""

import tomllib
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.permission import Action
from shouwen.adapters import ids, system_clock
from shouwen.core.kinds import Rule
from shouwen.editions import operations
from shouwen.editions.forms import RevisionForm, StartForm, UploadForm, VersionForm
from shouwen.editions.models import Edition
from shouwen.editions.presenters.history import no_draft_page
from shouwen.editions.presenters.rule_form import RuleShown, rule_page
from shouwen.editions.queries import draft_for, edition_path
from shouwen.editions.refusals import NoSuchRule
from shouwen.editions.views.looking import show_history
from shouwen.editions.views.showing import (
    REFUSALS,
    as_it_is_now,
    edition_row,
    pack_of,
    refusal_note,
    show_edition,
)
from shouwen.people.forms import ActForm
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person
from shouwen.people.views.asking import act_of, allow, first_errors
from shouwen.standard.archives import MOST_BYTES, from_zip
from shouwen.standard.edition_files import PACK
from shouwen.standard.faults import PackFaults
from shouwen.standard.pack import Pack
from shouwen.standard.plain_values import plain_values
from shouwen.ui import wording
from shouwen.ui.parts import Note


@never_cache
@require_POST
def draft_start(request: HttpRequest) -> HttpResponse:
    """Starts a draft from the edition in force; from a clause page one goes on to its rule."""
    allow(request, Action.DRAFT_EDITION)
    form = StartForm(request.POST)
    if not form.is_valid():
        told = Note(next(iter(first_errors(form).values())), "warn")
        return show_history(request, notice=told, status=400)
    now = system_clock.now()
    try:
        draft = operations.start_draft(
            name=form.cleaned_data["name"],
            by=person(request),
            act=act_of(request, form.act),
            now=now,
        )
    except PackFaults as error:
        return show_history(request, notice=refusal_note(error), status=409)
    clause = request.POST.get("clause", "")
    return redirect("draft_clause", clause) if clause else redirect("edition", draft.pk)


@never_cache
@require_GET
def draft_clause(request: HttpRequest, clause: str) -> HttpResponse:
    """Where the clause page's button leads: the form of the clause's rule in the draft at hand."""
    allow(request, Action.DRAFT_EDITION)
    draft = draft_for(editor=person(request))
    if draft is None:
        return _no_draft(request, clause)
    pack = pack_of(draft)
    rules = pack.by_clause.get(clause, ()) if pack else ()
    if rules:
        return redirect("draft_rule", draft.pk, rules[0].id)
    told = _("这一条还没有规则，或草案读不出：下载文件，加好再上传。")
    return show_edition(request, edition_row(draft.pk), notice=Note(told, "warn"))


def _no_draft(request: HttpRequest, clause: str) -> HttpResponse:
    now = system_clock.now()
    page = no_draft_page(
        viewer=person(request), clause=clause, new_id=ids.uuid7(now), back_url=reverse("editions")
    )
    outer = shell(
        frame(request, now=now), title=page.heading, context=_("标准版本"), current="editions"
    )
    return render(request, "editions/no_draft.html", {"shell": outer, "page": page})


@never_cache
@require_GET
def draft_choose(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """From the list of rules to the form of one."""
    allow(request, Action.DRAFT_EDITION)
    return redirect("draft_rule", edition, request.GET.get("rule", "") or "-")


@never_cache
@require_http_methods(["GET", "POST"])
def draft_rule(request: HttpRequest, edition: uuid.UUID, rule: str) -> HttpResponse:
    """The form of one rule, and what it sends."""
    allow(request, Action.DRAFT_EDITION)
    row = edition_row(edition)
    pack = pack_of(row)
    if not row.is_open or pack is None:
        told = _("这一版不能在页面上改了。") if pack else _("草案读不出：先按下面的问题改好文件。")
        return show_edition(request, row, notice=Note(told, "warn"), status=409)
    if rule not in pack.rules:
        raise Http404
    if request.method == "GET":
        return _form(request, row, pack, pack.rules[rule])
    return _saved(request, row, pack, pack.rules[rule])


def _saved(request: HttpRequest, row: Edition, pack: Pack, rule: Rule) -> HttpResponse:
    form = RevisionForm(request.POST)
    if not form.is_valid():
        told = Note(_("没收到完整的内容，请再点一次"), "warn")
        return _form(request, row, pack, rule, notice=told, status=400)
    shown = _shown(row, pack, rule)
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    taken = [each.from_ for each in rule.versions if each.from_ != shown.own_day]
    version_form = VersionForm(sent, today=shown.today, taken=taken)
    table = version_form.table(shown.table, shown.values, list(pack.pause_reasons))
    head = version_form.head()
    if version_form.errors:
        told = Note(_("有几项要改，见下"), "warn")
        return _form(
            request,
            row,
            pack,
            rule,
            notice=told,
            sent=sent,
            errors=version_form.errors,
            status=400,
        )
    try:
        _put(request, row, rule, (head, table), shown.own_day, form)
    except REFUSALS as error:
        fresh = as_it_is_now(row)
        return _form(
            request, fresh, pack_of(fresh) or pack, rule, notice=refusal_note(error), sent=sent,
            status=409,
        )  # fmt: skip
    return redirect("edition", row.pk)


def _put(
    request: HttpRequest,
    row: Edition,
    rule: Rule,
    said: tuple[Mapping[str, Any], Mapping[str, Any]],
    own_day: date | None,
    form: RevisionForm,
) -> None:
    head, table = said
    now = system_clock.now()
    operations.save_rule(
        edition_id=row.pk,
        revision=form.cleaned_data["revision"],
        rule=operations.RuleDraft(rule_id=rule.id, version=table, instead_of=own_day, head=head),
        by=person(request),
        act=act_of(request, form.act),
        now=now,
    )


@never_cache
@require_POST
def draft_rule_drop(request: HttpRequest, edition: uuid.UUID, rule: str) -> HttpResponse:
    """Takes the draft's own version of a rule out again."""
    allow(request, Action.DRAFT_EDITION)
    row, form, now = edition_row(edition), RevisionForm(request.POST), system_clock.now()
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        day = None
    if not form.is_valid() or day is None:
        return _incomplete(request, row)
    try:
        operations.drop_version(
            edition_id=row.pk,
            revision=form.cleaned_data["revision"],
            rule_id=rule,
            day=day,
            by=person(request),
            act=act_of(request, form.act),
            now=now,
        )
    except NoSuchRule as error:
        raise Http404 from error
    except REFUSALS as error:
        return show_edition(request, as_it_is_now(row), notice=refusal_note(error), status=409)
    return redirect("edition", row.pk)


@never_cache
@require_POST
def edition_upload(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Replaces the files of a draft by an uploaded archive, or says what is wrong with it."""
    allow(request, Action.DRAFT_EDITION)
    row, form, now = (
        edition_row(edition),
        UploadForm(request.POST, request.FILES),
        system_clock.now(),
    )
    if not form.is_valid():
        told = Note(next(iter(first_errors(form).values())), "warn")
        return show_edition(request, row, notice=told, status=400)
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        return show_edition(
            request, row, notice=Note(_("文件太大：标准包最多 20 MB"), "warn"), status=400
        )
    try:
        operations.import_files(
            edition_id=row.pk,
            revision=form.cleaned_data["revision"],
            texts=from_zip(file.read()),
            by=person(request),
            act=act_of(request, form.act),
            now=now,
        )
    except PackFaults as error:
        return show_edition(request, row, notice=refusal_note(error), status=400)
    except REFUSALS as error:
        return show_edition(request, as_it_is_now(row), notice=refusal_note(error), status=409)
    return redirect("edition", row.pk)


@never_cache
@require_POST
def edition_discard(request: HttpRequest, edition: uuid.UUID) -> HttpResponse:
    """Gives a draft up."""
    allow(request, Action.DRAFT_EDITION)
    row, form = edition_row(edition), ActForm(request.POST)
    if not form.is_valid():
        return _incomplete(request, row)
    try:
        operations.discard(
            edition_id=row.pk, act=act_of(request, form.act), now=system_clock.now()
        )
    except REFUSALS as error:
        return show_edition(request, as_it_is_now(row), notice=refusal_note(error), status=409)
    return redirect("editions")


def _incomplete(request: HttpRequest, row: Edition) -> HttpResponse:
    told = Note(_("没收到完整的内容，请再点一次"), "warn")
    return show_edition(request, row, notice=told, status=400)


def _form(
    request: HttpRequest,
    row: Edition,
    pack: Pack,
    rule: Rule,
    *,
    notice: Note | None = None,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = system_clock.now()
    page = rule_page(_shown(row, pack, rule, sent=sent, errors=errors), notice=notice)
    outer = shell(frame(request, now=now), title=page.title, context=row.name, current="editions")
    return render(request, "editions/rule.html", {"shell": outer, "page": page}, status=status)


def _shown(
    row: Edition,
    pack: Pack,
    rule: Rule,
    *,
    sent: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> RuleShown:
    now = system_clock.now()
    text = (edition_path(row) / PACK / pack.files[rule.id]).read_text(encoding="utf-8")
    table = tomllib.loads(text)["version"][-1]
    base = pack_of(row.base) if row.base else None
    known = base.digests.get(rule.id, {}) if base else {}
    last = rule.versions[-1]
    return RuleShown(
        draft=row,
        rule=rule,
        pack=pack,
        table=table,
        values=plain_values(type(last), table),
        own_day=None if last.from_.isoformat() in known else last.from_,
        today=wording.local_day(now),
        new_id=ids.uuid7(now),
        sent=sent,
        errors=errors,
    )
