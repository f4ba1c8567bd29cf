"""The buttons on the pages of customers and premises, each with the questions it asks."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.access.permission import Action as Allowed
from shouwen.access.permission import can
from shouwen.customers.models import (
    CareEntry,
    CareKind,
    ConsentHow,
    Customer,
    CustomerClass,
    Estate,
    Merge,
    Occupancy,
    Premises,
    Relation,
)
from shouwen.customers.presenters.words import options
from shouwen.people.models import Staff
from shouwen.ui.parts import Action, Field, Option

NewId = Callable[[], uuid.UUID]


def customer_actions(
    *, customer: Customer, viewer: Staff, likely: Sequence[Customer], today: date, new_id: NewId
) -> tuple[Action, ...]:
    """What this person may do to a customer's record."""
    found: list[Action] = []
    if can(viewer, Allowed.CORRECT_CUSTOMERS):
        found += [correct(customer, new_id), move_in(customer, today, new_id)]
    if can(viewer, Allowed.KEEP_REGISTERS):
        found += [care(customer, today, new_id), merge(customer, likely, new_id)]
    return tuple(found)


def search_actions(*, viewer: Staff, today: date, new_id: NewId) -> tuple[Action, ...]:
    """What may be registered from the search page."""
    found: list[Action] = []
    if can(viewer, Allowed.CORRECT_CUSTOMERS):
        found.append(register_customer(today=today, new_id=new_id))
    if can(viewer, Allowed.KEEP_REGISTERS):
        found.append(_register_premises(new_id))
    return tuple(found)


def register_customer(*, today: date, new_id: NewId, premises: Premises | None = None) -> Action:
    """A new customer, who moves in at once when premises are given."""
    fields = [*_person_fields(None), act_field(new_id)]
    if premises:
        fields += [
            _relation(),
            day_field(_("入住日期"), today),
            Field("premises", "", kind="hidden", value=str(premises.pk)),
        ]
    return Action(
        id="register",
        verb=_("登记住户") if premises else _("登记客户"),
        url=reverse("register_customer"),
        icon="message-plus",
        question=_("登记一位客户"),
        confirm=_("登记"),
        fields=tuple(fields),
    )


def correct(customer: Customer, new_id: NewId) -> Action:
    """Putting name, form of address and numbers right."""
    return Action(
        id="correct",
        verb=_("更正"),
        url=_act_url(customer, "correct"),
        icon="note",
        question=_("更正资料"),
        text=_("改了哪几项会留痕，不留内容。"),
        confirm=_("保存"),
        fields=(*_person_fields(customer), act_field(new_id)),
    )


def move_in(customer: Customer, today: date, new_id: NewId) -> Action:
    """Moving in at an address in any spelling."""
    return Action(
        id="move-in",
        verb=_("入住"),
        url=_act_url(customer, "move_in"),
        icon="home-check",
        question=_("住进哪里？"),
        confirm=_("入住"),
        fields=(
            Field("address", _("地址"), placeholder=_("例：青梧里3-1-502")),
            _relation(),
            day_field(_("从哪天起"), today),
            act_field(new_id),
        ),
    )


def move_out(*, stay: Occupancy, today: date, new_id: NewId) -> Action:
    """Moving out of a home."""
    return Action(
        id=f"out-{stay.pk}",
        verb=_("迁出"),
        url=reverse("move_out", args=[stay.pk]),
        look="quiet",
        question=_("迁出 %(address)s？") % {"address": stay.premises.short_address},
        text=_("住过的历史保留。"),
        confirm=_("迁出"),
        fields=(day_field(_("从哪天起不住了"), today), act_field(new_id)),
    )


def care(customer: Customer, today: date, new_id: NewId) -> Action:
    """Entering a customer in the special-care register."""
    return Action(
        id="care",
        verb=_("登记关照"),
        url=_act_url(customer, "care"),
        icon="heart-handshake",
        question=_("登记特别关照"),
        text=_("须本人同意；到期复核由系统提醒。"),
        confirm=_("登记"),
        fields=(
            select("kind", _("类别"), CareKind.values),
            Field(
                "needs",
                _("需要的照顾"),
                kind="textarea",
                placeholder=_("例：腿脚不便，敲门后多等一会儿"),
            ),
            Field("contact", _("紧急联系人"), required=False),
            Field("consented_on", _("哪天同意的"), kind="date", value=today.isoformat()),
            select("how", _("怎么同意的"), ConsentHow.values),
            Field(
                "at_home",
                _("上门办手续"),
                kind="select",
                options=(Option("yes", _("要")), Option("no", _("不要"))),
            ),
            act_field(new_id),
        ),
    )


def care_actions(*, entry: CareEntry, new_id: NewId) -> tuple[Action, ...]:
    """Reviewing an entry, ending it."""
    review = Action(
        id=f"review-{entry.pk}",
        verb=_("复核"),
        url=reverse("act_on_care", args=[entry.pk, "review"]),
        icon="check",
        fields=(act_field(new_id),),
    )
    end = Action(
        id=f"end-{entry.pk}",
        verb=_("结束"),
        url=reverse("act_on_care", args=[entry.pk, "end"]),
        look="quiet",
        question=_("结束特别关照？"),
        text=_("原因不在了，或本人撤回同意。记录保留。"),
        confirm=_("结束"),
        fields=(act_field(new_id),),
    )
    return (review, end)


def merge(customer: Customer, likely: Sequence[Customer], new_id: NewId) -> Action:
    """Taking another record of the same customer in."""
    found = tuple(Option(str(other.pk), f"{other.name} {other.title}") for other in likely)
    chosen = Field(
        "chosen",
        _("像是同一位的档案"),
        kind="select",
        options=(Option("", _("没有选")), *found),
        required=False,
        hint="" if found else _("没有同号码或同住同名的档案"),
    )
    return Action(
        id="merge",
        verb=_("合并"),
        url=_act_url(customer, "merge"),
        icon="git-merge",
        question=_("把哪一份并进来？"),
        text=_("住址、电话、关照登记都过来；可以撤销。"),
        confirm=_("合并"),
        fields=(
            chosen,
            Field("pasted", _("或粘贴那一页的网址"), required=False),
            act_field(new_id),
        ),
    )


def unmerge(*, merge: Merge, new_id: NewId) -> Action:
    """Giving the other record back what it brought."""
    return Action(
        id=f"unmerge-{merge.pk}",
        verb=_("撤销合并"),
        url=reverse("unmerge", args=[merge.pk]),
        icon="arrow-back-up",
        look="quiet",
        question=_("撤销合并？"),
        text=_("带来的住址、电话、关照登记回到原档案。"),
        confirm=_("撤销"),
        fields=(act_field(new_id),),
    )


def aliases(*, estate: Estate, new_id: NewId) -> Action:
    """The other names of an estate."""
    return Action(
        id=f"aliases-{estate.pk}",
        verb=_("别名"),
        url=reverse("set_aliases", args=[estate.pk]),
        look="quiet",
        question=_("%(name)s 还叫什么？") % {"name": estate.name},
        text=_("客户怎么叫都能查到；用顿号隔开。"),
        confirm=_("保存"),
        fields=(
            Field("aliases", _("别名"), value="、".join(estate.aliases), required=False),
            act_field(new_id),
        ),
    )


def act_field(new_id: NewId) -> Field:
    """The hidden id of the act: pressed twice, it is still one act."""
    return Field(name="act_id", label="", kind="hidden", value=str(new_id()))


def _register_premises(new_id: NewId) -> Action:
    return Action(
        id="premises",
        verb=_("登记地址"),
        url=reverse("register_premises"),
        icon="map-search",
        question=_("登记用气地址"),
        confirm=_("登记"),
        fields=(
            Field("address", _("地址"), placeholder=_("例：青梧里3-1-502，或街道名")),
            Field("place_name", _("单位地点名称"), required=False, hint=_("住宅不用填")),
            select("customer_class", _("用气类别"), CustomerClass.values),
            act_field(new_id),
        ),
    )


def _person_fields(customer: Customer | None) -> tuple[Field, ...]:
    numbers = [phone.number for phone in customer.phones.all()] if customer else []
    title = customer.title if customer else ""
    titles = tuple(
        Option(value, label, selected=value == title)
        for value, label in (("", _("未知")), ("先生", _("先生")), ("女士", _("女士")))
    )
    return (
        Field("name", _("姓名或单位名"), value=customer.name if customer else ""),
        Field(
            "surname",
            _("姓"),
            value=customer.surname if customer else "",
            required=False,
            hint="" if customer else _("不填就从姓名里取"),
        ),
        Field("title", _("称呼"), kind="select", options=titles, required=False),
        Field("phones", _("电话"), value="、".join(numbers), required=False),
    )


def _relation() -> Field:
    return select("relation", _("关系"), Relation.values)


def day_field(label: str, today: date) -> Field:
    """A day, today unless another is chosen."""
    return Field("on", label, kind="date", value=today.isoformat())


def select(name: str, label: str, codes: Sequence[str]) -> Field:
    """One of the codes of the registers, in words."""
    return Field(name, label, kind="select", options=options(codes))


def _act_url(customer: Customer, what: str) -> str:
    return reverse("act_on_customer", args=[customer.pk, what])
