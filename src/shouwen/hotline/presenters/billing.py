"""What the billing system said of an account, as far as this person may see it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import assert_never

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.access.masks import Kind, Purpose
from shouwen.access.serializing import masked_value
from shouwen.adapters.billing import Account, Answer, Busy, NotConnected, Unknown
from shouwen.hotline.presenters.pop_parts import FactRow
from shouwen.people.models import Staff
from shouwen.ui import wording
from shouwen.ui.parts import Note

_CARDS = {
    "ok": gettext_lazy("正常"),
    "low": gettext_lazy("余量不多"),
    "empty": gettext_lazy("没有余量"),
    "unwritten": gettext_lazy("已缴费，还没写到卡上"),
    "not_inserted": gettext_lazy("已写卡，还没插表"),
    "lost": gettext_lazy("已挂失"),
    "faulty": gettext_lazy("卡或表报错"),
}


@dataclass(frozen=True, slots=True)
class BillingBox:
    """hotline/billing.html: lines, or a sentence that says why there are none."""

    rows: tuple[FactRow, ...] = ()
    note: Note | None = None


def billing_box(answer: Answer, *, viewer: Staff, purpose: Purpose, now: datetime) -> BillingBox:
    """The box beside the address."""
    match answer:
        case Account():
            return BillingBox(_rows(answer, viewer, purpose, now), _age(answer, now))
        case NotConnected():
            return BillingBox(note=Note(_("没接上计费系统，余额和表请到计费系统里查")))
        case Busy():
            return BillingBox(note=Note(_("计费系统没有回应，过一会儿再查"), "warn"))
        case Unknown():
            return BillingBox(note=Note(_("计费系统里没有这个户号"), "warn"))
        case _:
            assert_never(answer)


def _rows(account: Account, viewer: Staff, purpose: Purpose, now: datetime) -> tuple[FactRow, ...]:
    said = (
        (_("余额"), _money(account.balance), Kind.MONEY),
        (_("读数"), _reading(account), Kind.ACCOUNT),
        (_("卡"), _card(account, now), Kind.ACCOUNT),
    )
    shown = [
        FactRow(label, masked_value(viewer, value, kind, purpose, ref="").text)
        for label, value, kind in said
        if value
    ]
    return tuple(row for row in shown if row.value)


def _money(balance: Decimal | None) -> str:
    if balance is None:
        return ""
    if balance < 0:
        return _("欠 %(amount)s 元") % {"amount": f"{-balance:.2f}"}
    return _("%(amount)s 元") % {"amount": f"{balance:.2f}"}


def _reading(account: Account) -> str:
    if account.reading is None:
        return ""
    text = _("%(cubic)s 方") % {"cubic": f"{account.reading.normalize():f}"}
    return f"{text} · {account.read_on.isoformat()}" if account.read_on else text


def _card(account: Account, now: datetime) -> str:
    words = str(_CARDS.get(account.card, ""))
    if not words or account.card_at is None:
        return words
    return f"{words} · {wording.moment(account.card_at, now=now)}"


def _age(account: Account, now: datetime) -> Note | None:
    """What came by file says how old it is."""
    if account.as_of is None:
        return None
    return Note(_("计费数据截至 %(at)s") % {"at": wording.moment(account.as_of, now=now)})
