"""What orders and people of the field are called, as far as the reader may see it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shouwen.access.masks import HANDLES, Kind, Purpose, Shape, shape_of
from shouwen.cases.queries import leaves
from shouwen.cases.shown import customer_shown
from shouwen.core.dispatching import Reason
from shouwen.dispatch.queries.board import Block
from shouwen.fieldwork.models import Order, OrderKind
from shouwen.fieldwork.queries import plan
from shouwen.people.models import Staff
from shouwen.standard.faults import PackFaults
from shouwen.ui.languages import listed, worded


def title_of(*, kind: str, leaf: str) -> str:
    """What is to be done: the leaf of the taxonomy, shortened, else the kind."""
    try:
        known = leaves().get(leaf)
    except PackFaults:
        known = None
    if known is None:
        return str(OrderKind(kind).label)
    title = worded(known.title)
    for sign in ("（", "、", "，", " (", ","):
        title = title.split(sign)[0]
    return title


def place_of_block(block: Block, viewer: Staff) -> str:
    """Where: as far as this person sees homes."""
    if not block.estate:
        return ""
    is_alarm = block.kind == "alarm" and bool(viewer.role_set & HANDLES)
    purpose = Purpose.ALARM if is_alarm else Purpose.CASE
    home = shape_of(viewer.role_set, Kind.HOME, purpose)
    if home is Shape.FULL:
        parts = (block.building, block.unit, block.flat)
        figures = "-".join(part for part in parts if part) or block.place_name
        return f"{block.estate} {figures}".strip()
    if shape_of(viewer.role_set, Kind.BUILDING, purpose) is Shape.FULL:
        return f"{block.estate} {block.building}".strip()
    return block.estate


def place_of(order: Order, viewer: Staff) -> str:
    """Where an order is, as far as this person sees it."""
    if order.case:
        found = customer_shown(case=order.case, viewer=viewer).short_address
        if found:
            return found
    if order.premises is None:
        return _("地址未记") if order.case else ""
    if shape_of(viewer.role_set, Kind.HOME, Purpose.CASE) is Shape.FULL:
        return order.premises.short_address
    return order.premises.estate.name


def has_care(order: Order, viewer: Staff) -> bool:
    """Whether the reader may know that somebody there needs special care, and it is so."""
    shape = shape_of(viewer.role_set, Kind.CARE, Purpose.CASE)
    return order.special_care and shape is not Shape.HIDDEN


def skills_text(skills: Sequence[str], *, most: int = 9) -> str:
    """修灶 · 热水器"""
    return " · ".join(worded(plan().skill_title(each)) for each in skills[:most])


def minutes_text(minutes: float) -> str:
    """14 分, 1 时 5 分"""
    whole = round(minutes)
    if whole < 60:
        return _("%(minutes)d 分") % {"minutes": whole}
    return _("%(hours)d 时 %(minutes)d 分") % {"hours": whole // 60, "minutes": whole % 60}


def reason_text(reason: Reason) -> str:
    """One reason in words."""
    names = listed(worded(plan().skill_title(name)) for name in reason.names)
    minutes = minutes_text(reason.value)
    return {
        "skills": _("会%(names)s") % {"names": names},
        "lacks": _("不会%(names)s") % {"names": names},
        "off_shift": _("班次里排不进"),
        "travel": _("路上 %(minutes)s") % {"minutes": minutes},
        "early": _("早 %(minutes)s") % {"minutes": minutes},
        "late": _("晚 %(minutes)s") % {"minutes": minutes},
        "zone": _("熟悉这片"),
        "special_care": _("需要照顾的客户，派熟人"),
        "delays": _("要推 %(n)d 户") % {"n": round(reason.value)},
        "breaks": _("会误约 %(minutes)s") % {"minutes": minutes},
        "delays_nothing": _("不推迟任何约定"),
        "idle": _("现在空着"),
        "jobs": _("今天 %(n)d 件") % {"n": round(reason.value)},
        "long_day": _("这天要干 %(minutes)s") % {"minutes": minutes},
    }[reason.code]
