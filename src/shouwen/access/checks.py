"""The build fails while a field of a model has no class."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from shouwen.access.classes import faults


@register("shouwen")
def every_field_is_classified(**_: Any) -> list[CheckMessage]:
    """One error for each field that nobody classified."""
    return [Error(fault, id="access.E001") for fault in faults()]
