"""The working calendar: what is in force, uploads, the approval."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shouwen.access.permission import Action
from shouwen.adapters import ids, system_clock
from shouwen.clocks.queries import Moves, active_pack, moves, pack_with
from shouwen.people import operations
from shouwen.people.forms import ActForm, CalendarForm
from shouwen.people.models import CalendarDraft
from shouwen.people.operations.calendars import MOST_CHARACTERS
from shouwen.people.presenters import department_name, shell
from shouwen.people.presenters.calendar import Draft, calendar_page, draft_page, worded_faults
from shouwen.people.queries import calendar_drafts, departments
from shouwen.people.requests import frame, person
from shouwen.people.views.asking import act_of, allow, first_errors
from shouwen.standard.faults import PackFaults
from shouwen.ui import wording
from shouwen.ui.parts import Note


@never_cache
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The years in force and the uploads."""
    allow(request, Action.VIEW_CALENDAR)
    return _calendar(request)


@never_cache
@require_POST
def calendar_upload(request: HttpRequest) -> HttpResponse:
    """Keeps an uploaded file as a draft, or says line by line what is wrong with it."""
    allow(request, Action.UPLOAD_CALENDAR)
    form = CalendarForm(request.POST, request.FILES)
    if not form.is_valid():
        return _calendar(request, faults=tuple(first_errors(form).values()))
    file = form.cleaned_data["file"]
    if file.size > MOST_CHARACTERS:
        return _calendar(request, faults=(_("文件太大：一年的日历只有几 KB"),))
    text = file.read().decode("utf-8", errors="replace")
    now = system_clock.now()
    try:
        draft = operations.upload_calendar(
            text=text,
            file=file.name,
            by=person(request),
            act=act_of(request, form.act),
            today=wording.local_day(now),
            now=now,
        )
    except PackFaults as error:
        return _calendar(request, faults=worded_faults(error, text=text))
    except operations.NothingNew:
        return _calendar(request, faults=(_("文件里的每一年都已在用，没有不同的地方"),))
    except operations.YearIsOver as error:
        years = ", ".join(str(year) for year in error.args)
        told = _("%(years)s 年已经过去：那时的承诺是按当时的日历判的，不能再改") % {"years": years}
        return _calendar(request, faults=(told,))
    return redirect("calendar_draft", draft.pk)


@never_cache
@require_GET
def calendar_draft(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """One upload, with the clocks that it would move."""
    allow(request, Action.VIEW_CALENDAR)
    return _draft(request, _row(draft))


@never_cache
@require_POST
def calendar_publish(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Puts an upload in force."""
    allow(request, Action.PUBLISH_CALENDAR)
    return _decided(request, _row(draft), publish=True)


@never_cache
@require_POST
def calendar_refuse(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Sends an upload back; an editor withdraws the own one."""
    allow(request, Action.VIEW_CALENDAR)
    row = _row(draft)
    is_own = row.uploaded_by_id == person(request).pk
    allow(request, Action.UPLOAD_CALENDAR if is_own else Action.PUBLISH_CALENDAR)
    return _decided(request, row, publish=False)


def _decided(request: HttpRequest, row: CalendarDraft, *, publish: bool) -> HttpResponse:
    form = ActForm(request.POST)
    if not form.is_valid():
        return _draft(
            request, row, notice=Note(_("没收到完整的内容，请再点一次"), "warn"), status=400
        )
    act, now = act_of(request, form.act), system_clock.now()
    decide = operations.publish_calendar if publish else operations.refuse_calendar
    try:
        decide(draft_id=row.pk, by=person(request), act=act, now=now)
    except operations.OwnDraft:
        told = _("自己上传的日历由另一位审批")
        return _draft(request, row, notice=Note(told, "warn"), status=409)
    except operations.AlreadyDecided:
        told = _("刚才已经有人决定了")
        row.refresh_from_db()
        return _draft(request, row, notice=Note(told, "warn"), status=409)
    return redirect("calendar_draft", row.pk)


def _row(draft: uuid.UUID) -> CalendarDraft:
    rows = CalendarDraft.objects.select_related("uploaded_by", "decided_by")
    return get_object_or_404(rows, pk=draft)


def _calendar(request: HttpRequest, *, faults: tuple[str, ...] = ()) -> HttpResponse:
    now = system_clock.now()
    page = calendar_page(
        viewer=person(request),
        pack=active_pack(),
        drafts=calendar_drafts(),
        new_id=ids.uuid7(now),
        now=now,
        faults=faults,
    )
    outer = shell(
        frame(request, now=now), title=_("日历"), context=page.version, current="calendar"
    )
    status = 400 if faults else 200
    return render(request, "people/calendar.html", {"shell": outer, "page": page}, status=status)


def _draft(
    request: HttpRequest, row: CalendarDraft, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    pack = active_pack()
    page = draft_page(
        Draft(
            row=row,
            years=[year.days for year in operations.years_of(row)],
            in_force=pack.calendar.years,
            moves=_moves(request, row) if row.state == CalendarDraft.State.WAITING else None,
            departments={each.code: department_name(each) for each in departments()},
            pack=pack,
            viewer=person(request),
            new_id=ids.uuid7(now),
            now=now,
        ),
        notice=notice,
    )
    outer = shell(
        frame(request, now=now), title=page.heading, context=_("日历"), current="calendar"
    )
    context = {"shell": outer, "page": page}
    return render(request, "people/calendar_draft.html", context, status=status)


def _moves(request: HttpRequest, row: CalendarDraft) -> Moves:
    years = operations.years_of(row)
    candidate = pack_with(years)
    return moves(
        pack=candidate,
        since=operations.first_moment(years, zone=candidate.calendar.zone),
        now=system_clock.now(),
        after=_after(request.GET.get("after", "")),
    )


def _after(mark: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(mark)
    except ValueError:
        return None
