"""The list of cases: filters, rows, the next page."""

import base64
import binascii
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.cases.models import Case
from shouwen.cases.presenters import reasons
from shouwen.cases.queries import CaseFilter
from shouwen.cases.queries.lists import After
from shouwen.cases.shown import summary_of
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clock_chip
from shouwen.people.models import Department, Staff
from shouwen.people.presenters import department_name
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.pages_casework import CaseListPage, CaseRow
from shouwen.ui.parts import Action, Choice, Empty, Field, Option, Tag


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list shows: cases, their most urgent clocks by case, what was chosen."""

    viewer: Staff
    cases: Sequence[Case]
    clocks: Mapping[uuid.UUID, Clock]
    departments: Sequence[Department]
    chosen: CaseFilter
    pack: Pack
    now: datetime
    has_more: bool = False
    after: str = ""


def list_page(listing: Listing) -> CaseListPage:
    """One page of the list."""
    chosen = listing.chosen
    return CaseListPage(
        heading=_("工单"),
        choices=tuple(
            Choice(label, _url(replace(chosen, state=state)), is_on=chosen.state == state)
            for state, label in (("open", _("办理中")), ("settled", _("已了结")), ("", _("全部")))
        ),
        owners=tuple(
            Choice(label, _url(replace(chosen, is_mine=mine)), is_on=chosen.is_mine == mine)
            for mine, label in ((False, _("所有人")), (True, _("我负责的")))
        ),
        filter_url=reverse("cases"),
        fields=_fields(listing),
        kept=(
            Field("state", "", kind="hidden", value=chosen.state or "all"),
            Field("mine", "", kind="hidden", value="1" if chosen.is_mine else ""),
        ),
        rows=tuple(_row(case, listing) for case in listing.cases),
        rows_url=_url(chosen, name="cases_rows", after=listing.after),
        actions=_links(listing.viewer),
        empty=None
        if listing.cases
        else Empty(_("没有这样的工单"), _("换一个筛选，或等新的工单"), icon="file-text"),
        more_url=_more(listing),
        more_label=_("再早的"),
    )


def mark_of(case: Case) -> str:
    """Where a page of cases ended, as one word for an address."""
    return base64.urlsafe_b64encode(f"{case.reported_at.isoformat()} {case.pk}".encode()).decode()


def after_mark(mark: str) -> After | None:
    """The place that a mark names; None for anything else."""
    try:
        moment, pk = base64.urlsafe_b64decode(mark.encode()).decode().split(" ")
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(pk)) if at.utcoffset() is not None else None
    except (ValueError, binascii.Error):
        return None


def _fields(listing: Listing) -> tuple[Field, ...]:
    kinds = reasons.case_kinds().items()
    return (
        Field(
            "kind",
            _("类别"),
            kind="select",
            required=False,
            options=_options([("", _("全部类别")), *kinds], listing.chosen.kind),
        ),
        Field(
            "department",
            _("部门"),
            kind="select",
            required=False,
            options=_options(
                [
                    ("", _("全部部门")),
                    *((row.code, department_name(row)) for row in listing.departments),
                ],
                listing.chosen.department,
            ),
        ),
    )


def _options(pairs: Sequence[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, selected=value == chosen) for value, label in pairs)


def _url(chosen: CaseFilter, *, name: str = "cases", after: str = "") -> str:
    query = {
        "state": chosen.state or "all",
        "kind": chosen.kind,
        "department": chosen.department,
        "mine": "1" if chosen.is_mine else "",
        "after": after,
    }
    return f"{reverse(name)}?{urlencode({key: value for key, value in query.items() if value})}"


def _more(listing: Listing) -> str:
    return _url(listing.chosen, after=mark_of(listing.cases[-1])) if listing.has_more else ""


def _links(viewer: Staff) -> tuple[Action, ...]:
    links = []
    if can(viewer, Allowed.HAND_OVER_SHIFT):
        links.append(("shift", _("交班"), "arrows-exchange"))
    if can(viewer, Allowed.ENTER_LATE):
        links.append(("late", _("补录纸单"), "note"))
    links.append(("incidents", _("管网事件"), "route"))
    urls = {"shift": "hand_over_shift", "late": "enter_late", "incidents": "incidents"}
    return tuple(
        Action(id=name, verb=verb, url=reverse(urls[name]), is_link=True, icon=icon)
        for name, verb, icon in links
    )


def _row(case: Case, listing: Listing) -> CaseRow:
    clock = listing.clocks.get(case.pk)
    look = {"closed": "met"}.get(case.state, "line")
    return CaseRow(
        number=case.number,
        title=case.said,
        sub=summary_of(case, listing.viewer),
        url=reverse("case", args=[case.number]),
        tag=Tag(reasons.case_kinds()[case.kind], "flame"),
        owner=case.owner.name,
        department=department_name(case.department),
        reported=wording.moment(case.reported_at, now=listing.now),
        clock=clock_chip(clock, pack=listing.pack, now=listing.now, width=44, dense=True)
        if clock
        else None,
        state=None if case.is_open else Tag(reasons.states()[case.state], look),
        subject_id=str(case.pk),
    )
