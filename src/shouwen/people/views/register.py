"""The register of staff: list, person, new person, links."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.access.permission import Action
from shouwen.access.roles import Role
from shouwen.adapters import ids, system_clock
from shouwen.people import operations
from shouwen.people.forms import ActForm, NewStaffForm, ParticularsForm
from shouwen.people.models import Staff
from shouwen.people.operations import Act
from shouwen.people.presenters import shell
from shouwen.people.presenters.register import (
    Person,
    Typed,
    Wanted,
    new_person_page,
    person_page,
    staff_list_page,
    typed_of,
)
from shouwen.people.queries import (
    departments,
    history_of,
    holders_by_role,
    staff_counts,
    staff_page,
)
from shouwen.people.requests import frame
from shouwen.people.requests import person as viewer
from shouwen.people.views.asking import act_of, allow, first_errors
from shouwen.ui import wording
from shouwen.ui.pages_people import GivenLink, StaffPage
from shouwen.ui.parts import Note

ROWS = 50


@never_cache
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody on the register, by staff number."""
    allow(request, Action.MANAGE_STAFF)
    role = request.GET.get("role", "")
    wanted = Wanted(
        text=request.GET.get("q", "").strip()[:40],
        role=role if role in {each.value for each in Role} else "",
        is_active=request.GET.get("state") != "gone",
    )
    rows = staff_page(
        text=wanted.text,
        role=wanted.role,
        is_active=wanted.is_active,
        after=request.GET.get("after", "")[:16],
        limit=ROWS + 1,
    )
    page = staff_list_page(
        rows=rows[:ROWS],
        counts=staff_counts(),
        holders=holders_by_role(),
        wanted=wanted,
        more=rows[ROWS - 1].staff_no if len(rows) > ROWS else "",
    )
    outer = shell(
        frame(request, now=system_clock.now()), title=_("人员"), current="people", watermark=True
    )
    return render(request, "people/people.html", {"shell": outer, "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Registers a new member of staff."""
    allow(request, Action.MANAGE_STAFF)
    typed = Typed(values={}, roles=frozenset(), errors={})
    if request.method == "POST":
        form = NewStaffForm(request.POST)
        errors = first_errors(form)
        if form.is_valid():
            errors = _hired(request, form)
        if not errors:
            return redirect("person", form.cleaned_data["staff_no"])
        typed = _typed(request, errors)
    page = new_person_page(
        typed=typed, departments=list(departments()), act_id=ids.uuid7(system_clock.now())
    )
    return _shown(request, page, title=_("登记新人"), status=400 if typed.errors else 200)


@never_cache
@require_GET
def person(request: HttpRequest, staff_no: str) -> HttpResponse:
    """One member of staff."""
    return _person(request, _found(request, staff_no))


@never_cache
@require_POST
def person_change(request: HttpRequest, staff_no: str) -> HttpResponse:
    """Keeps what was changed."""
    row = _found(request, staff_no)
    form = ParticularsForm(request.POST)
    if not form.is_valid():
        return _person(request, row, typed=_typed(request, first_errors(form)), status=400)
    who = form.particulars
    return _tried(
        request,
        row,
        form,
        lambda act: operations.change_staff(
            staff_no=staff_no, who=who, act=act, now=system_clock.now()
        ),
    )


@never_cache
@require_POST
def person_deactivate(request: HttpRequest, staff_no: str) -> HttpResponse:
    """Puts an account out of use."""
    row, form = _found(request, staff_no), ActForm(request.POST)
    return _tried(
        request,
        row,
        form,
        lambda act: operations.deactivate(staff_no=staff_no, act=act, now=system_clock.now()),
    )


@never_cache
@require_POST
def person_reactivate(request: HttpRequest, staff_no: str) -> HttpResponse:
    """Puts an account into use again."""
    row, form = _found(request, staff_no), ActForm(request.POST)
    return _tried(
        request,
        row,
        form,
        lambda act: operations.reactivate(staff_no=staff_no, act=act, now=system_clock.now()),
    )


@never_cache
@require_POST
def person_link(request: HttpRequest, staff_no: str) -> HttpResponse:
    """Makes a set-password link and shows it, this once."""
    row, form = _found(request, staff_no), ActForm(request.POST)
    if not form.is_valid():
        return _person(request, row, notice=_again(), status=400)
    now = system_clock.now()
    try:
        link = operations.issue_link(staff_no=staff_no, act=act_of(request, form.act), now=now)
    except operations.NotAtWork:
        return _person(
            request, row, notice=Note(_("此人已停用，先恢复再发链接"), "warn"), status=409
        )
    given = GivenLink(
        url=request.build_absolute_uri(reverse("set_password", args=[link.token])),
        text=_("%(at)s 前打开一次有效。只在这里显示这一次，请当面或用可信的渠道交给本人。")
        % {"at": wording.full_moment(link.good_until)},
    )
    return _person(request, row, link=given)


def _found(request: HttpRequest, staff_no: str) -> Staff:
    allow(request, Action.MANAGE_STAFF)
    rows = Staff.objects.select_related("department").prefetch_related("roles")
    return get_object_or_404(rows, staff_no=staff_no)


def _hired(request: HttpRequest, form: NewStaffForm) -> dict[str, str]:
    try:
        operations.hire(
            staff_no=form.cleaned_data["staff_no"],
            who=form.particulars,
            act=act_of(request, form.act),
            now=system_clock.now(),
        )
    except operations.NumberTaken:
        return {"staff_no": _("这个工号已经有人")}
    return {}


def _tried(
    request: HttpRequest, row: Staff, form: ActForm, do: Callable[[Act], object]
) -> HttpResponse:
    """Does it and goes back to the person; a refusal becomes a sentence on the page."""
    if not form.is_valid():
        return _person(request, row, notice=_again(), status=400)
    try:
        do(act_of(request, form.act))
    except (operations.OwnRoles, operations.LastAdministrator, operations.RolesNotSeparated) as no:
        return _person(request, row, notice=Note(_refusal(no), "warn"), status=409)
    return redirect("person", row.staff_no)


def _refusal(error: Exception) -> str:
    if isinstance(error, operations.OwnRoles):
        return _("自己的角色和账号由另一位系统管理员改")
    if isinstance(error, operations.LastAdministrator):
        return _("这是最后一位系统管理员，先任命另一位")
    return _("系统管理员、安全管理员、审计员不能是同一人，只留一个")


def _again() -> Note:
    return Note(_("没收到完整的内容，请再点一次"), "warn")


def _typed(request: HttpRequest, errors: dict[str, str]) -> Typed:
    return Typed(
        values={name: request.POST.get(name, "")[:60] for name in
                ("staff_no", "name", "gender", "department", "station")},
        roles=frozenset(request.POST.getlist("roles")),
        errors=errors,
    )  # fmt: skip


def _person(
    request: HttpRequest,
    row: Staff,
    *,
    typed: Typed | None = None,
    link: GivenLink | None = None,
    notice: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    now = system_clock.now()
    entries = history_of(staff_no=row.staff_no)
    actors = Staff.objects.filter(staff_no__in={entry.actor for entry in entries})
    page = person_page(
        Person(
            row=row,
            is_own=row.pk == viewer(request).pk,
            departments=list(departments()),
            entries=entries,
            names=dict(actors.values_list("staff_no", "name")),
            new_id=_new_id(),
            now=now,
        ),
        typed=typed or typed_of(row),
        link=link,
        notice=notice,
    )
    return _shown(request, page, title=f"{row.name} {row.staff_no}", status=status)


def _new_id() -> uuid.UUID:
    return ids.uuid7(system_clock.now())


def _shown(request: HttpRequest, page: StaffPage, *, title: str, status: int) -> HttpResponse:
    outer = shell(
        frame(request, now=system_clock.now()),
        title=title,
        context=_("人员"),
        current="people",
        watermark=True,
    )
    return render(request, "people/person.html", {"shell": outer, "page": page}, status=status)
