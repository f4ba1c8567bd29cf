"""The register of staff as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.roles import TITLES, Role
from shouwen.core.events import EVENTS
from shouwen.journal.models import Entry
from shouwen.people.models import Department, Staff
from shouwen.people.presenters.frame import department_name
from shouwen.ui import wording
from shouwen.ui.languages import tongue, worded
from shouwen.ui.pages_people import (
    GivenLink,
    HistoryLine,
    SetPasswordPage,
    StaffForm,
    StaffLine,
    StaffListPage,
    StaffPage,
    Tick,
)
from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Option, Tag
from shouwen.ui.presenters import initial

# Without these nobody could administer, take calls, send people out or approve the standard.
NEEDED = (Role.SYSTEM_ADMIN, Role.AGENT, Role.DISPATCHER, Role.EDITOR, Role.APPROVER, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list was asked for."""

    text: str = ""
    role: str = ""
    is_active: bool = True

    def url(self, **changes: object) -> str:
        """The address of the list with something else asked for."""
        query = {
            "q": self.text,
            "role": self.role,
            "state": "" if self.is_active else "gone",
            **changes,
        }
        told = urlencode({name: value for name, value in query.items() if value})
        return f"{reverse('people')}?{told}" if told else reverse("people")


def staff_list_page(
    *,
    rows: Sequence[Staff],
    counts: tuple[int, int],
    holders: Mapping[Role, int],
    wanted: Wanted,
    more: str,
) -> StaffListPage:
    """The list; `more` is the last number of this page when there are further ones."""
    working, gone = counts
    return StaffListPage(
        heading=_("人员"),
        search=wanted.text,
        state="" if wanted.is_active else "gone",
        choices=(
            Choice(
                _("在用 %(count)s") % {"count": working}, wanted.url(state=""), wanted.is_active
            ),
            Choice(
                _("停用 %(count)s") % {"count": gone},
                wanted.url(state="gone"),
                not wanted.is_active,
            ),
        ),
        role_options=(
            Option("", _("所有角色"), selected=not wanted.role),
            *(
                Option(role.value, worded(TITLES[role]), role.value == wanted.role)
                for role in Role
            ),
        ),
        rows=tuple(_line(person) for person in rows),
        new_url=reverse("person_new"),
        missing=_missing(holders),
        empty=_nobody(wanted) if not rows else None,
        more_url=wanted.url(after=more) if more else "",
    )


def _nobody(wanted: Wanted) -> Empty:
    if wanted.text or wanted.role:
        return Empty(_("没有这样的人"), _("换个姓名、工号或角色再找"), icon="search")
    return Empty(_("这里还没有人"), "", icon="users")


def _missing(holders: Mapping[Role, int]) -> tuple[Note, ...]:
    named = [worded(TITLES[role]) for role in NEEDED if not holders[role]]
    if not named:
        return ()
    listed = ("、" if tongue() == "zh" else ", ").join(named)
    return (Note(_("还没有人担任：%(roles)s") % {"roles": listed}, "warn"),)


def _line(person: Staff) -> StaffLine:
    return StaffLine(
        staff_no=person.staff_no,
        name=person.name,
        initial=initial(person.name),
        url=reverse("person", args=[person.staff_no]),
        department=department_name(person.department),
        station=person.station,
        roles=tuple(Tag(worded(TITLES[role]), "line") for role in Role if role in person.role_set),
        state=_state(person),
    )


def _state(person: Staff) -> Tag | None:
    if not person.is_active:
        return Tag(_("已停用"), "over", "ban")
    if not person.has_usable_password():
        return Tag(_("还没设密码"), "warn", "lock")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form: from the register, or as it was sent with what is wrong about it."""

    values: Mapping[str, str]
    roles: frozenset[str]
    errors: Mapping[str, str]


def new_person_page(*, typed: Typed, departments: Sequence[Department], act_id: UUID) -> StaffPage:
    """The form for a new member of staff."""
    number = Field(
        "staff_no",
        _("工号"),
        value=typed.values.get("staff_no", ""),
        hint=_("一人一个，以后不改"),
        error=typed.errors.get("staff_no", ""),
    )
    form = StaffForm(
        title=_("登记新人"),
        action_url=reverse("person_new"),
        act_id=str(act_id),
        fields=(number, *_fields(typed, departments)),
        roles=_ticks(typed.roles),
        confirm=_("登记"),
        roles_error=typed.errors.get("roles", ""),
    )
    return StaffPage(form=form, back_url=reverse("people"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as read for the page. `is_own`: the viewer's own account, whose roles others decide."""

    row: Staff
    is_own: bool
    departments: Sequence[Department]
    entries: Sequence[Entry]
    names: Mapping[str, str]
    new_id: UUID
    now: datetime


def person_page(
    person: Person,
    *,
    typed: Typed | None = None,
    link: GivenLink | None = None,
    notice: Note | None = None,
) -> StaffPage:
    """One member of staff."""
    row = person.row
    typed = typed or typed_of(row)
    form = StaffForm(
        title=_("登记内容"),
        action_url=reverse("person_change", args=[row.staff_no]),
        act_id=str(person.new_id),
        fields=_fields(typed, person.departments),
        roles=_ticks(typed.roles),
        confirm=_("保存"),
        roles_error=typed.errors.get("roles", ""),
        roles_fixed=_("自己的角色由另一位系统管理员改") if person.is_own else "",
    )
    return StaffPage(
        form=form,
        back_url=reverse("people"),
        actions=_actions(person),
        state=_state(row),
        history=tuple(_happened(entry, person) for entry in person.entries),
        link=link,
        notice=notice,
    )


def typed_of(row: Staff) -> Typed:
    """What the register says, as the form shows it."""
    return Typed(
        values={
            "name": row.name,
            "gender": row.gender,
            "department": row.department_code,
            "station": row.station,
        },
        roles=frozenset(role.value for role in row.role_set),
        errors={},
    )


def set_password_page(
    *,
    company: str,
    who: Staff | None,
    path: str,
    errors: Mapping[str, Sequence[str]],
) -> SetPasswordPage:
    """The page behind a link; `who` is None when the link is dead."""
    dead = None
    if who is None:
        dead = Note(
            _("这个链接用过了、过期了，或已换成新的。请向系统管理员要一个新链接。"), "warn"
        )
    fields = tuple(
        Field(name, label, kind="password", autocomplete="new-password",
              error=" ".join(errors.get(name, ())))
        for name, label in (("password", _("新密码")), ("again", _("再写一遍")))
    )  # fmt: skip
    return SetPasswordPage(
        company=company,
        heading=_("给 %(who)s 设置密码") % {"who": f"{who.name} {who.staff_no}"}
        if who
        else _("设置密码"),
        action_url=path,
        fields=fields,
        hint=_("至少 12 个字符，不要用姓名、工号或常见密码"),
        dead=dead,
    )


def _fields(typed: Typed, departments: Sequence[Department]) -> tuple[Field, ...]:
    values, errors = typed.values, typed.errors
    chosen = values.get("department", "")
    gender = values.get("gender", "")
    return (
        Field("name", _("姓名"), value=values.get("name", ""), error=errors.get("name", "")),
        Field(
            "gender",
            _("性别"),
            kind="select",
            required=False,
            options=(
                Option("", "—", selected=not gender),
                Option("f", _("女"), selected=gender == "f"),
                Option("m", _("男"), selected=gender == "m"),
            ),
        ),
        Field(
            "department",
            _("部门"),
            kind="select",
            required=False,
            options=(
                Option("", "—", selected=not chosen),
                *(Option(d.code, department_name(d), d.code == chosen) for d in departments),
            ),
            error=errors.get("department", ""),
        ),
        Field("station", _("站点"), value=values.get("station", ""), required=False,
              error=errors.get("station", "")),
    )  # fmt: skip


def _ticks(chosen: frozenset[str]) -> tuple[Tick, ...]:
    return tuple(Tick(role.value, worded(TITLES[role]), role.value in chosen) for role in Role)


def _actions(person: Person) -> tuple[Action, ...]:
    row = person.row
    hidden = (Field("act_id", "", kind="hidden", value=str(person.new_id)),)
    if not row.is_active:
        return (
            Action("reactivate", _("恢复"), reverse("person_reactivate", args=[row.staff_no]),
                   icon="user-check", fields=hidden),
        )  # fmt: skip
    link = Action(
        "link",
        _("发设密码链接"),
        reverse("person_link", args=[row.staff_no]),
        icon="lock",
        look="primary",
        question=_("给%(name)s发一个设密码链接？") % {"name": row.name},
        text=_("链接 24 小时内用一次有效，之前的链接作废。"),
        confirm=_("生成链接"),
        fields=hidden,
    )
    if person.is_own:
        return (link,)
    stop = Action(
        "deactivate",
        _("停用"),
        reverse("person_deactivate", args=[row.staff_no]),
        icon="ban",
        question=_("停用%(name)s？") % {"name": row.name},
        text=_("下一次点击就进不来了，密码和链接作废；做过的事仍记在名下。"),
        confirm=_("停用"),
        fields=hidden,
    )
    return (link, stop)


def _happened(entry: Entry, person: Person) -> HistoryLine:
    kind = EVENTS[entry.kind]
    text = kind.en if tongue() == "en" else kind.zh
    if entry.kind == "staff.changed":
        labels = {
            "name": _("姓名"), "gender": _("性别"), "department": _("部门"),
            "station": _("站点"), "roles": _("角色"),
        }  # fmt: skip
        fields = str(entry.data.get("fields", "")).split(",")
        listed = ("、" if tongue() == "zh" else ", ").join(labels.get(f, f) for f in fields)
        text = _("%(what)s：%(fields)s") % {"what": text, "fields": listed}
    by = person.names.get(entry.actor, entry.actor) or _("系统")
    return HistoryLine(wording.moment(entry.happened_at, now=person.now), text, by)
