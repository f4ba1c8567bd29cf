"""Reads of personal data are events too: who looked, at what kind of thing, never for whom."""

import uuid

from django.db import transaction

from shouwen.core.events import Scalar, Subject
from shouwen.customers.models import Customer, Premises
from shouwen.customers.operations.acts import Act, note

# Searches have no subject of their own.
SEARCHES = uuid.UUID("0b6c1d3e-52a8-5d57-8c2b-6a1f3e9c4d70")


@transaction.atomic
def note_search(*, act: Act, parts: int, found: int) -> None:
    """Journals that somebody searched: how many parts the query had and how many rows came."""
    data: dict[str, Scalar] = {"field": "search", "parts": parts, "found": found}
    note(act, "data.read", subject=Subject("system", SEARCHES), data=data)


@transaction.atomic
def note_read(*, act: Act, of: Customer | Premises, field: str) -> None:
    """Journals that somebody read a page or one masked field of a customer."""
    note(act, "data.read", subject=of, data={"field": field})
