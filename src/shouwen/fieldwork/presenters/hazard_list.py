"""The list of hazards and the form in which the office puts one on record."""

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
from shouwen.clocks.models import Clock
from shouwen.clocks.presenters import clock_chip
from shouwen.fieldwork.models import Hazard, HazardGrade
from shouwen.fieldwork.presenters.hazard_acts import NewId, act_fields
from shouwen.fieldwork.presenters.hazards import mark_of, place_of
from shouwen.fieldwork.queries.hazards import After, HazardFilter, catalogue
from shouwen.people.models import Staff
from shouwen.standard.pack import Pack
from shouwen.ui import wording
from shouwen.ui.languages import worded
from shouwen.ui.pages_hazards import FindHazardPage, HazardRow, HazardsPage
from shouwen.ui.parts import Action, Choice, Empty, Field, Note, Option, Tag


@dataclass(frozen=True, slots=True)
class HazardListing:
    """What the list shows: hazards, their most urgent clocks, what was chosen."""

    viewer: Staff
    hazards: Sequence[Hazard]
    clocks: Mapping[uuid.UUID, Clock]
    stations: Sequence[str]
    zones: Sequence[str]
    chosen: HazardFilter
    pack: Pack
    now: datetime
    has_more: bool = False
    after: str = ""


def hazards_page(listing: HazardListing) -> HazardsPage:
    """One page of the list."""
    chosen = listing.chosen
    states = (
        ("open", _("没闭环")), ("overdue", _("超期")), ("closed", _("已闭环")), ("", _("全部")),
    )  # fmt: skip
    return HazardsPage(
        heading=_("隐患"),
        choices=tuple(
            Choice(label, _url(replace(chosen, state=state)), is_on=chosen.state == state)
            for state, label in states
        ),
        filter_url=reverse("hazards"),
        fields=_fields(listing),
        kept=(Field("state", "", kind="hidden", value=chosen.state or "all"),),
        rows=tuple(_row(each, listing) for each in listing.hazards),
        rows_url=_url(chosen, name="hazard_rows", after=listing.after),
        actions=_links(listing.viewer),
        empty=None
        if listing.hazards
        else Empty(
            _("没有这样的隐患"), _("换一个筛选；上门检查发现的会自己出现"), icon="circle-check"
        ),
        more_url=_url(chosen, after=mark(listing.hazards[-1])) if listing.has_more else "",
    )


def mark(hazard: Hazard) -> str:
    """Where a page of hazards ended, as one word for an address."""
    text = f"{hazard.found_at.isoformat()} {hazard.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def after_mark(text: str) -> After | None:
    """The place that a mark names; None for anything else."""
    try:
        moment, pk = base64.urlsafe_b64decode(text.encode()).decode().split(" ")
        at = datetime.fromisoformat(moment)
        return (at, uuid.UUID(pk)) if at.utcoffset() is not None else None
    except (ValueError, binascii.Error):
        return None


def find_page(*, new_id: NewId, given: Mapping[str, str], notice: Note | None) -> FindHazardPage:
    """The form in which the office puts a hazard on record; `given` is what was typed before."""
    kinds = tuple(
        Option(
            kind.code, f"{kind.code} {worded(kind.title)}", selected=kind.code == given.get("code")
        )
        for kind in catalogue().kinds
    )
    grades = (
        Option("", _("按隐患目录")),
        Option("major", _("提高为重大"), selected=given.get("grade") == "major"),
    )
    fields = (
        Field("code", _("隐患"), kind="select", options=(Option("", _("选一种隐患")), *kinds)),
        Field("account", _("户号"), required=False, value=given.get("account", "")),
        Field(
            "place",
            _("地址"),
            required=False,
            value=given.get("place", ""),
            hint=_("没有户号时写"),
        ),
        Field(
            "where",
            _("位置"),
            required=False,
            value=given.get("where", ""),
            hint=_("如：厨房热水器"),
        ),
        Field("remark", _("情况"), kind="textarea", required=False, value=given.get("remark", "")),
        Field("contact", _("短信发到"), required=False, value=given.get("contact", "")),
        Field("grade", _("等级"), kind="select", options=grades, required=False),
        *act_fields(new_id, None),
    )
    return FindHazardPage(
        _("登记隐患"), reverse("find_hazard"), fields, reverse("hazards"), notice=notice
    )


def _fields(listing: HazardListing) -> tuple[Field, ...]:
    chosen = listing.chosen
    asked: list[tuple[str, str, list[tuple[str, str]], str]] = [
        ("grade", _("等级"), [(v, str(t)) for v, t in HazardGrade.choices], chosen.grade),
        ("station", _("站点"), [(x, x) for x in listing.stations], chosen.station),
        ("zone", _("片区"), [(x, x) for x in listing.zones], chosen.zone),
    ]
    return tuple(
        Field(
            name, label, kind="select", required=False,
            options=(
                Option("", _("全部")),
                *(Option(v, text, selected=v == value) for v, text in options),
            ),
        )
        for name, label, options, value in asked
        if options
    )  # fmt: skip


def _url(chosen: HazardFilter, *, name: str = "hazards", after: str = "") -> str:
    query = {
        "state": chosen.state or "all", "grade": chosen.grade, "station": chosen.station,
        "zone": chosen.zone, "after": after,
    }  # fmt: skip
    return f"{reverse(name)}?{urlencode({key: value for key, value in query.items() if value})}"


def _links(viewer: Staff) -> tuple[Action, ...]:
    if not can(viewer, Allowed.FIND_HAZARD):
        return ()
    verb = _("登记隐患")
    return (Action(id="find", verb=verb, url=reverse("find_hazard"), is_link=True, icon="flag"),)


def _row(hazard: Hazard, listing: HazardListing) -> HazardRow:
    clock = listing.clocks.get(hazard.pk)
    off = hazard.stopped_at and not hazard.gas_back_at and not hazard.removed_at
    is_open = hazard.closed_at is None
    return HazardRow(
        number=hazard.number,
        url=reverse("hazard", args=[hazard.number]),
        mark=mark_of(hazard),
        sub=" · ".join(part for part in (hazard.number, place_of(hazard, listing.viewer)) if part),
        owner=hazard.owner.name,
        found=wording.moment(hazard.found_at, now=listing.now),
        state=Tag(str(hazard.get_state_display()), "line" if is_open else "met"),
        subject_id=str(hazard.pk),
        clock=clock_chip(
            clock, pack=listing.pack, now=listing.now, width=44, dense=True, is_told=True
        )
        if clock
        else None,
        off=Tag(str(hazard.get_stop_display()), "over", "ban") if off and is_open else None,
    )
