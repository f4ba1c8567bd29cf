"""`shown(actor, obj, purpose)`: the one way from a row to what a person may see of it.

Page, interface and export print these values and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model

from shouwen.access.classes import OPEN, class_of, fields_of, kind_of
from shouwen.access.masks import Kind, Purpose, Shape, masked, shape_of
from shouwen.access.permission import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as this person sees it. With `can_reveal` the whole is had on request, journalled."""

    value: object
    shape: Shape = Shape.FULL

    @property
    def can_reveal(self) -> bool:
        return self.shape is Shape.REVEAL

    @property
    def text(self) -> str:
        """The value as text; empty for nothing."""
        return "" if self.value is None else str(self.value)


def shown(actor: Actor, obj: Model, purpose: Purpose) -> Mapping[str, Shown]:
    """Every column of `obj` that `actor` may see for `purpose`, by name.

    Public and internal values come as they are. A personal or sensitive one comes in the shape
    that the table of masks gives it, and is left out when nobody said what kind of thing it is.
    That the actor may see the object at all has been decided before, by `can()`.
    """
    seen = {name: _shown(actor, obj, name, purpose) for name in fields_of(type(obj))}
    return {name: value for name, value in seen.items() if value is not None}


def _shown(actor: Actor, obj: Model, name: str, purpose: Purpose) -> Shown | None:
    model = type(obj)
    if class_of(model, name) in OPEN:
        field = model._meta.get_field(name)
        return Shown(getattr(obj, getattr(field, "attname", name)))
    kind = kind_of(model, name)
    return (
        masked_value(actor, getattr(obj, name), kind, purpose, ref=str(obj.pk)) if kind else None
    )


def masked_value(actor: Actor, value: object, kind: Kind, purpose: Purpose, *, ref: str) -> Shown:
    """One value of a kind as `actor` sees it; for values that are made of several columns."""
    shape = shape_of(actor.role_set, kind, purpose)
    text = "" if value is None else str(value)
    return Shown(masked(text, kind, shape, ref=ref), shape)
