"""What every view of the editions needs: the row, the page of an edition, sentences for refusals."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.editions.models import Edition, Passing
from shouwen.editions.presenters.changes import impact
from shouwen.editions.presenters.history import Shown, edition_page
from shouwen.editions.presenters.pages import Impact
from shouwen.editions.queries import in_force, readable, teams_of
from shouwen.editions.queries.passings import passings_of
from shouwen.editions.queries.takeovers import takeovers
from shouwen.editions.refusals import (
    AlreadyDecided,
    BaseMoved,
    ChangedMeanwhile,
    FilesTampered,
    HasFaults,
    NothingChanged,
    NotOpen,
    OwnEdition,
    TooLate,
)
from shouwen.people.presenters import department_name, shell
from shouwen.people.queries import departments
from shouwen.people.requests import frame, person
from shouwen.standard.differing import Chapter, differences
from shouwen.standard.faults import PackFaults
from shouwen.standard.pack import Pack
from shouwen.standard.rule_text import CannotPlace
from shouwen.ui.languages import tongue, worded
from shouwen.ui.parts import Action as Button
from shouwen.ui.parts import Field, Note

REFUSALS = (
    AlreadyDecided,
    BaseMoved,
    CannotPlace,
    ChangedMeanwhile,
    FilesTampered,
    HasFaults,
    NotOpen,
    NothingChanged,
    OwnEdition,
    PackFaults,
    TooLate,
)


def edition_row(edition: uuid.UUID) -> Edition:
    """The row with everybody who had a hand in it, or 404."""
    rows = Edition.objects.select_related("base", "editor", "submitted_by", "decided_by")
    return get_object_or_404(rows, pk=edition)


def as_it_is_now(row: Edition) -> Edition:
    """The row read anew, after somebody else was quicker."""
    row.refresh_from_db()
    return row


def show_edition(
    request: HttpRequest, row: Edition, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    """The page of one edition."""
    now = system_clock.now()
    pack, base = pack_of(row), pack_of(row.base) if row.base else None
    chapters: tuple[Chapter, ...] = ()
    if pack is not None and base is not None:
        chapters = differences(old=base, new=pack)
    newest = in_force()
    page = edition_page(
        Shown(
            row=row,
            viewer=person(request),
            pack=pack,
            chapters=chapters,
            impact=impact_of(request, row),
            in_force=newest is not None and newest.pk == row.pk,
            is_behind=newest is not None and row.base_id != newest.pk,
            new_id=ids.uuid7(now),
            now=now,
        ),
        notice=notice,
    )
    outer = shell(
        frame(request, now=now), title=page.heading, context=_("标准版本"), current="editions"
    )
    context = {"shell": outer, "page": page}
    return render(request, "editions/edition.html", context, status=status)


def pack_of(row: Edition) -> Pack | None:
    """The pack of an edition as far as it can be read: a draft is looked at with its faults."""
    return readable(row)


def impact_of(request: HttpRequest, row: Edition) -> Impact | None:
    """What the edition does to clocks; None where that cannot be said yet."""
    if row.base_id is None or row.state == Edition.State.DISCARDED or row.faults:
        return None
    now = system_clock.now()
    is_published = row.state == Edition.State.PUBLISHED
    purpose = Passing.Purpose.MOVE if is_published else Passing.Purpose.PREVIEW
    passings = passings_of(edition=row, purpose=purpose)
    return impact(
        row,
        passings=passings,
        teams=teams_of(passings=passings),
        departments=team_names(),
        now=now,
        recount=_recount(request, row) if not is_published else None,
    )


def team_names() -> dict[str, str]:
    """Departments by code in the active language."""
    return {each.code: department_name(each) for each in departments()}


def _recount(request: HttpRequest, row: Edition) -> Button | None:
    if not can(person(request), Action.COUNT_MOVES) or not _moves_something(row):
        return None
    act_id = str(ids.uuid7(system_clock.now()))
    return Button(
        "count",
        _("数一遍"),
        reverse("edition_recount", args=[row.pk]),
        icon="refresh",
        fields=(Field("act_id", "", kind="hidden", value=act_id),),
    )


def _moves_something(row: Edition) -> bool:
    try:
        return bool(takeovers(edition=row))
    except PackFaults:
        return False


def refusal_note(error: Exception) -> Note:  # noqa: C901 - one line for each refusal
    """Why something was refused, in a sentence, with what to do."""
    match error:
        case ChangedMeanwhile():
            told = _("别人刚保存过这份草案，您的改动没有存。请看过现在的内容再改。")
        case NotOpen() | AlreadyDecided():
            told = _("刚才已经有人送审或决定了，请看现在的状态。")
        case HasFaults():
            told = _("草案还有问题，改好才能送审。")
        case NothingChanged():
            told = _("草案和现行版一样，没有可送审的改动。")
        case OwnEdition():
            told = _("参与过起草的人不能审批，请另一位审批人来。")
        case BaseMoved():
            told = _("起草之后又发布了别的版本，请从现行版另起草案。")
        case TooLate(args=days):
            told = _("起始日 %(days)s 已经过去，请退回改成今天或以后。") % {"days": _listed(days)}
        case FilesTampered(args=files):
            told = _("送审后文件被改动：%(files)s。请退回，让编辑重新送审。") % {
                "files": _listed(files)
            }
        case PackFaults(faults=faults):
            return _faults_note(faults)
        case _:
            told = _("这个文件的写法程序改不了，请下载改好再上传。")
    return Note(told, "warn")


def _faults_note(faults: tuple) -> Note:  # type: ignore[type-arg]  # Fault
    told = [
        " ".join(part for part in (fault.file, worded(fault.problem)) if part)
        + ("；" if tongue() == "zh" else "; ")
        + worded(fault.remedy)
        for fault in faults[:5]
    ]
    if len(faults) > len(told):
        told.append(_("等共 %(count)s 处") % {"count": len(faults)})
    return Note(_("没有收下。") + ("。" if tongue() == "zh" else ". ").join(told), "warn")


def _listed(values: tuple[object, ...]) -> str:
    return ("、" if tongue() == "zh" else ", ").join(str(value) for value in values)
