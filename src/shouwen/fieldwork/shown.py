"""Where something is, as far as a person may see homes."""

from shouwen.access.masks import Kind, Purpose, Shape, shape_of
from shouwen.access.serializing import masked_value
from shouwen.customers.models import Premises
from shouwen.people.models import Staff


def where_shown(*, premises: Premises | None, words: str, viewer: Staff) -> str:
    """A home; without one the words that stand for it. Whoever sees no homes is told the estate."""
    if premises is None:
        return masked_value(viewer, words, Kind.PLACE, Purpose.CASE, ref="").text
    if shape_of(viewer.role_set, Kind.HOME, Purpose.CASE) is Shape.FULL:
        return premises.address
    if shape_of(viewer.role_set, Kind.BUILDING, Purpose.CASE) is Shape.FULL:
        return f"{premises.estate.name} {premises.building}".strip()
    return premises.estate.name
