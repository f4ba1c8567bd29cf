"""Entering a case that was taken on paper."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.cases import operations
from shouwen.cases.forms import LateForm
from shouwen.cases.models import Case
from shouwen.cases.presenters.entering import late_page
from shouwen.cases.queries import standing, whole_case
from shouwen.cases.views.refusals import REFUSALS, refusal_words
from shouwen.clocks.queries import active_pack
from shouwen.people.models import Staff
from shouwen.people.presenters import shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.ui.parts import Note


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_late(request: HttpRequest) -> HttpResponse:
    """The form of a late entry; POST enters it and goes to the case."""
    if not can(person(request), Action.ENTER_LATE):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, LateForm())
    form = LateForm(request.POST)
    if not form.is_valid():
        notice = Note(_("有几处没填对，看红字。"), "warn")
        return _show(request, form, notice=notice, status=400)
    try:
        entered = _enter(request, form)
    except REFUSALS as refusal:
        return _show(request, form, notice=Note(refusal_words(refusal), "warn"), status=409)
    whole = whole_case(number=entered.number)
    if whole and can(person(request), Action.VIEW_CASE, standing(whole)):
        return redirect("case", number=entered.number)
    text = _("已补录为工单 %(number)s，由%(name)s负责。") % {
        "number": entered.number,
        "name": entered.owner.name,
    }
    return _show(request, LateForm(), notice=Note(text, "met"))


def _enter(request: HttpRequest, form: LateForm) -> Case:
    said = form.cleaned_data
    missing = {"name": "caller_name", "phone": "caller_phone", "address": "place"}
    new = operations.NewCase(
        id=form.act,
        kind=said["kind"],
        side=said["side"],
        said=said["said"],
        reported_at=said["reported_at"],
        first_asked=get_object_or_404(Staff, staff_no=said["first_asked"]),
        channel="paper",
        department=said["department"],
        caller_name=said["caller_name"],
        caller_phone=said["caller_phone"],
        place=said["place"],
        missing=[gap for gap, field in missing.items() if not said[field]],
    )
    return operations.enter_from_paper(
        new=new,
        steps=_steps(form),
        paper=operations.Paper(said["paper"], said["reason"], said["words"]),
        by=person(request),
        now=system_clock.now(),
        zone=active_pack().calendar.zone,
    )


def _steps(form: LateForm) -> list[operations.PaperStep]:
    said = form.cleaned_data
    steps = []
    if said["answered_at"]:
        channel = said["channel"] or "phone"
        steps.append(
            operations.PaperStep("answered", said["answered_at"], said["answer"], channel)
        )
    if said["closed_at"]:
        steps.append(operations.PaperStep("closed", said["closed_at"]))
    return steps


def _show(
    request: HttpRequest, form: LateForm, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    now = system_clock.now()
    staff = Staff.objects.filter(is_active=True, department__isnull=False).order_by("staff_no")
    page = late_page(
        staff=list(staff),
        departments=list(departments()),
        values={name: str(value) for name, value in form.data.items()},
        errors={name: str(listed[0]) for name, listed in form.errors.items()},
        new_id=lambda: ids.uuid7(now),
        notice=notice,
    )
    outer = shell(frame(request, now=now), title=_("补录纸单"), current="cases")
    return render(request, "cases/late.html", {"shell": outer, "page": page}, status=status)
