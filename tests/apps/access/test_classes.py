"""Every column has a class, and what has no mask is not shown."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from shouwen.access import classes
from shouwen.access.classes import class_of, faults, fields_of
from shouwen.access.masks import Purpose
from shouwen.access.serializing import shown
from shouwen.customers import classes as customers
from shouwen.customers.models import Customer
from tests import people


def test_every_field_of_every_model_is_classified():
    assert faults() == []


def test_an_unclassified_field_fails_the_build(monkeypatch):
    monkeypatch.setattr(customers, "CLASSES", {**customers.CLASSES, "Customer": {}})
    classes._classes.cache_clear()

    with pytest.raises(SystemCheckError, match=r"Customer\.special_care: 没有分级"):
        call_command("check")

    monkeypatch.undo()
    classes._classes.cache_clear()


@pytest.mark.parametrize("who", sorted(people.CAST))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_nothing_personal_is_shown_without_a_mask(db, who, purpose):
    viewer = people.staff(who)

    for model in apps.get_models():
        if not model.__module__.startswith("shouwen."):
            continue
        values = shown(viewer, model(), purpose)
        hidden = {
            name
            for name in fields_of(model)
            if class_of(model, name) not in classes.OPEN and classes.kind_of(model, name) is None
        }
        assert not hidden & values.keys(), model


def test_the_serializer_gives_the_same_fields_to_everybody_and_masks_the_values(db):
    customer, _ = people.home()

    agent = shown(people.staff("wang_min"), customer, Purpose.CASE)
    admin = shown(people.staff("admin"), customer, Purpose.CASE)

    assert agent.keys() == admin.keys() == set(fields_of(Customer))
    assert agent["name"].text == "阮文秀"
    assert admin["name"].text == ""
