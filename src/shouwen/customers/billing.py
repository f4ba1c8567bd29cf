"""Which billing system this installation asks: none, the files it was given, or one over HTTP."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from shouwen.adapters.billing import (
    Account,
    Answer,
    BadBilling,
    Billing,
    NoBilling,
    NotConnected,
    Unknown,
    http_billing,
)
from shouwen.customers.models import BillingRow


@dataclass(frozen=True, slots=True)
class FileBilling:
    """What the last imported file said; until there was one, nothing is connected."""

    def look_up(self, account_no: str, *, now: datetime) -> Answer:
        """The row of the account. One query, two when there is none."""
        row = BillingRow.objects.filter(pk=account_no).first()
        if row is None:
            return Unknown() if BillingRow.objects.exists() else NotConnected()
        return Account(
            balance=row.balance,
            reading=row.reading,
            read_on=row.read_on,
            card=row.card,
            card_at=row.card_at,
            as_of=row.as_of,
        )


def look_up(*, account_no: str, now: datetime) -> Answer:
    """What the billing system says of an account; no account number: it has none such."""
    return billing().look_up(account_no, now=now) if account_no else Unknown()


def billing() -> Billing:
    """The billing system by the settings; one that cannot be used counts as not connected."""
    try:
        return _billing(settings.SHOUWEN_BILLING, settings.SHOUWEN_BILLING_KEY_FILE)
    except BadBilling:
        return NoBilling()


def faults() -> list[str]:
    """What is wrong with the settings, in both languages; empty when all is well."""
    try:
        _billing(settings.SHOUWEN_BILLING, settings.SHOUWEN_BILLING_KEY_FILE)
    except BadBilling as error:
        return [str(error)]
    return []


@cache
def _billing(kind: str, key_file: str) -> Billing:
    # Kept: the breaker remembers how the last attempts of this process went.
    if kind in ("", "none"):
        return NoBilling()
    if kind == "file":
        return FileBilling()
    hosts = settings.SHOUWEN_BILLING_HOSTS
    return http_billing(url=kind, key=_key(key_file), hosts=hosts)


def _key(path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadBilling(
            f"SHOUWEN_BILLING_KEY_FILE={path}: 读不出来 / cannot be read ({error})"
        ) from error
