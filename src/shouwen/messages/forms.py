"""What the gateway can send to us: read once here, into values that cannot be wrong."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shouwen.messages.operations import Receipt

MOST_RECEIPTS = 500
LONGEST_BODY = 256 * 1024  # bytes

_Short = Annotated[str, Field(max_length=120)]
_InUtc = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


class BadReceipts(ValueError):
    """The body is not a list of receipts; the message names the first place at fault."""


class _Receipt(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: _Short
    at: _InUtc
    key: _Short = ""
    id: _Short = ""
    reason: _Short = ""


class _Receipts(BaseModel):
    model_config = ConfigDict(extra="ignore")

    receipts: Annotated[list[_Receipt], Field(max_length=MOST_RECEIPTS)]


def receipts_in(body: bytes) -> list[Receipt]:
    """The receipts of a signed body. Raises BadReceipts."""
    try:
        read = _Receipts.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise BadReceipts(f"{place}: {first['msg']}") from None
    return [_receipt(each.status, each.at, each) for each in read.receipts]


def _receipt(status: str, at: datetime, each: _Receipt) -> Receipt:
    return Receipt(status=status, at=at, key=each.key, id=each.id, reason=each.reason)
