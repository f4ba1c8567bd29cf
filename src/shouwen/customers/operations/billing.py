"""Taking in a file of the billing system: every fault by row first, then all of it at once."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from shouwen.adapters.billing import CARDS
from shouwen.adapters.spreadsheets import CellFault, Table
from shouwen.core.clause import Words
from shouwen.core.events import Subject
from shouwen.core.text.numerals import half_width
from shouwen.customers.models import BillingRow
from shouwen.journal.operations import record

HEADINGS = {
    "account_no": ("户号", "account_no", "账号", "用户编号"),
    "balance": ("余额", "balance", "账户余额"),
    "reading": ("读数", "reading", "表读数"),
    "read_on": ("抄表日期", "read_on"),
    "card": ("卡状态", "card"),
    "card_at": ("卡时间", "card_at", "写卡时间"),
}
CARD_WORDS = {
    "": "", "正常": "ok", "余量不多": "low", "没有余量": "empty", "未写卡": "unwritten",
    "未插表": "not_inserted", "挂失": "lost", "故障": "faulty",
}  # fmt: skip
IMPORTS = uuid.UUID("9c3a0f1e-6d52-5b7e-8a41-2f0d7c5e9b13")
"""What the journal calls the files of the billing system."""
_ACCOUNT = re.compile(r"[0-9A-Za-z-]{1,24}")
_CHUNK = 1000
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class CheckedBilling:
    """A file that was looked at: its rows, and everything wrong in it."""

    rows: tuple[BillingRow, ...]
    faults: tuple[CellFault, ...]


def check_billing(*, table: Table, as_of: datetime) -> CheckedBilling:
    """Reads every row; names all faults. Writes nothing. `as_of`: when the file was made (UTC)."""
    places, faults = _places(table.heading)
    if "account_no" not in places:
        return CheckedBilling((), tuple(faults))
    rows: dict[str, BillingRow] = {}
    for number, cells in table.rows:
        values, wrong = _values(number, cells, places)
        account_no = str(values.get("account_no", ""))
        if account_no in rows:
            wrong.append(_twice(number, table.heading[places["account_no"]]))
        faults += wrong
        if not wrong:
            rows[account_no] = BillingRow(as_of=as_of, **values)
    return CheckedBilling(tuple(rows.values()), tuple(faults))


def load_billing(*, rows: Sequence[BillingRow], act_id: uuid.UUID, now: datetime) -> int:
    """Puts the rows in the place of those of the same accounts. Returns how many. Repeatable.

    A chunk a transaction, so that nobody waits long; the journal says how many with the last.
    """
    for start in range(0, len(rows), _CHUNK):
        with transaction.atomic():
            BillingRow.objects.bulk_create(
                rows[start : start + _CHUNK],
                update_conflicts=True,
                unique_fields=["account_no"],
                update_fields=["balance", "reading", "read_on", "card", "card_at", "as_of"],
            )
    with transaction.atomic():
        record(
            id=act_id,
            kind="billing.imported",
            subject=Subject("system", IMPORTS),
            happened_at=now,
            now=now,
            source="import",
            data={"rows": len(rows)},
        )
    return len(rows)


def _places(heading: Sequence[str]) -> tuple[dict[str, int], list[CellFault]]:
    known = {title: name for name, titles in HEADINGS.items() for title in titles}
    places: dict[str, int] = {}
    faults = []
    for place, title in enumerate(heading):
        name = known.get(title)
        if name is None or name in places:
            faults.append(_bad_heading(title))
        else:
            places[name] = place
    if "account_no" not in places:
        faults.append(
            CellFault(
                1,
                "户号",
                Words(zh="没有“户号”一列", en="there is no column 户号"),
                Words(zh="第一行写上“户号”", en="write 户号 in the first row"),
            )
        )
    return places, faults


def _values(
    number: int, cells: Sequence[str], places: dict[str, int]
) -> tuple[dict[str, object], list[CellFault]]:
    values: dict[str, object] = {}
    faults = []
    for name, place in places.items():
        said = half_width(cells[place]).strip() if place < len(cells) else ""
        reader, want = _READERS[name]
        try:
            values[name] = reader(said)
        except (ValueError, InvalidOperation):
            faults.append(
                CellFault(
                    number,
                    HEADINGS[name][0],
                    Words(zh=f"“{said}”读不懂", en=f"{said!r} is not understood"),
                    want,
                )
            )
    return values, faults


def _account(said: str) -> str:
    if not _ACCOUNT.fullmatch(said):
        raise ValueError(said)
    return said.upper()


def _number(said: str, *, places: int) -> Decimal | None:
    if not said:
        return None
    found = Decimal(said)
    if not found.is_finite() or abs(found) >= 10**8:
        raise ValueError(said)
    return round(found, places)


def _day(said: str) -> date | None:
    return date.fromisoformat(said[:10].replace("/", "-")) if said else None


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    found = datetime.fromisoformat(said.replace("/", "-"))
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _card(said: str) -> str:
    found = CARD_WORDS.get(said, said)
    if found not in CARDS:
        raise ValueError(said)
    return found


_READERS: dict[str, tuple[Reader, Words]] = {
    "account_no": (_account, Words(zh="字母和数字，最多 24 位", en="letters and digits, 24 at most")),
    "balance": (
        lambda said: _number(said, places=2),
        Words(zh="写元，欠费写负数：-12.50", en="yuan, negative when owed: -12.50"),
    ),
    "reading": (lambda said: _number(said, places=3), Words(zh="写立方米：1234.5", en="cubic metres: 1234.5")),
    "read_on": (_day, Words(zh="写成 2026-10-01", en="write it as 2026-10-01")),
    "card": (_card, Words(zh="写" + "、".join(w for w in CARD_WORDS if w), en="one of " + ", ".join(c for c in CARDS if c))),
    "card_at": (_moment, Words(zh="写成 2026-10-01 09:00", en="write it as 2026-10-01 09:00")),
}  # fmt: skip


def _bad_heading(title: str) -> CellFault:
    known = "、".join(titles[0] for titles in HEADINGS.values())
    return CellFault(
        1,
        title or "?",
        Words(zh="不认识这一列，或写了两次", en="this column is unknown or stands twice"),
        Words(zh=f"可用：{known}", en=f"known: {', '.join(HEADINGS)}"),
    )


def _twice(number: int, column: str) -> CellFault:
    return CellFault(
        number,
        column,
        Words(zh="这个户号前面写过", en="this account stood in a row above"),
        Words(zh="一个户号只留一行", en="leave one row for each account"),
    )
