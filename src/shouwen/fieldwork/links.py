"""The link by which a customer looks after the time agreed: signed, without a sign-in."""

import uuid

from django.core import signing
from django.urls import reverse

_SALT = "fieldwork.visit"


def visit_url(order_id: uuid.UUID) -> str:
    """The path of the customer's own page for an order."""
    return reverse("customer_visit", args=[signing.dumps(str(order_id), salt=_SALT)])


def order_named(token: str) -> uuid.UUID | None:
    """The order a link was made for; None for a link that nobody made."""
    try:
        return uuid.UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None
