"""What was true of premises on a day."""

from datetime import date

from shouwen.customers.models import Attribute, AttributeName, CustomerClass, Premises


def attribute_on(*, premises: Premises, name: str, day: date) -> str | None:
    """The value an attribute had on a day of the organisation's time zone; None before the first."""
    return (
        Attribute.objects.filter(premises=premises, name=name, since__lte=day)
        .order_by("-since")
        .values_list("value", flat=True)
        .first()
    )


def class_on(*, premises: Premises, day: date) -> str:
    """The class of the premises on a day.

    Before the first entry on record it is that of the first entry; with no entry at all, the
    class in the register.
    """
    rows = Attribute.objects.filter(premises=premises, name=AttributeName.CUSTOMER_CLASS)
    history = list(rows.order_by("since").values_list("since", "value"))
    if not history:
        return str(CustomerClass(premises.customer_class))
    held = [value for since, value in history if since <= day]
    return held[-1] if held else history[0][1]


def attributes_of(*, premises: Premises) -> list[Attribute]:
    """The history of all attributes, by name, the newest first."""
    return list(premises.attributes.order_by("name", "-since"))
