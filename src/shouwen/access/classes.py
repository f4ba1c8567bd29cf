"""How open each field of each model is. Every app says so once, in its own `classes.py`.

```python
CLASSES: Classes = {"Customer": {INTERNAL: "id title", PERSONAL: "name surname"}}
MASKS: Masks = {"Customer": {"name": Kind.NAME}}
```
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models import Model

from shouwen.access.masks import Kind


class FieldClass(StrEnum):
    """Who a value may reach: everybody, our staff, those with a purpose, the few who need it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL
PERSONAL, SENSITIVE = FieldClass.PERSONAL, FieldClass.SENSITIVE
OPEN = frozenset({PUBLIC, INTERNAL})

# model name → class → field names, separated by blanks
Classes = Mapping[str, Mapping[FieldClass, str]]
# model name → field name → what kind of personal thing it is
Masks = Mapping[str, Mapping[str, Kind]]


def class_of(model: type[Model], field: str) -> FieldClass | None:
    """The class of a field; None when nobody said."""
    return _classes(_app(model))[0].get((model.__name__, field))


def kind_of(model: type[Model], field: str) -> Kind | None:
    """What a masked field holds; None for one that is never shown."""
    return _masks(_app(model)).get(model.__name__, {}).get(field)


def faults() -> list[str]:
    """Every field of our models without a class, with two, or named and not there; each with the remedy."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("shouwen.")]
    return [fault for config in ours for fault in _faults_of(config)]


def fields_of(model: type[Model]) -> list[str]:
    """The names of the columns of a model."""
    return [field.name for field in model._meta.concrete_fields]


def _faults_of(config: AppConfig) -> Iterable[str]:
    found, twice = _classes(config.name)
    there = {
        (model.__name__, field) for model in config.get_models() for field in fields_of(model)
    }
    place = f"{config.name.replace('.', '/')}/classes.py"
    for model, field in sorted(there - found.keys()):
        yield (
            f"{model}.{field}: 没有分级，请写进 {place} / "
            f"not classified: add it to CLASSES in {place}"
        )
    for model, field in sorted(found.keys() - there):
        yield f"{model}.{field}: 没有这个字段，{place} / no such field, named in {place}"
    for model, field in sorted(twice):
        yield f"{model}.{field}: 分了两级，{place} / classified twice in {place}"


def _app(model: type[Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


@cache
def _classes(
    app: str,
) -> tuple[Mapping[tuple[str, str], FieldClass], frozenset[tuple[str, str]]]:
    found: dict[tuple[str, str], FieldClass] = {}
    twice = set()
    for model, by_class in _table(app, "CLASSES").items():
        for field_class, names in by_class.items():
            for name in names.split():
                if (model, name) in found:
                    twice.add((model, name))
                found[model, name] = field_class
    return found, frozenset(twice)


@cache
def _masks(app: str) -> Masks:
    return _table(app, "MASKS")


def _table(app: str, name: str) -> Mapping[str, Mapping]:  # type: ignore[type-arg]  # Classes or Masks
    if find_spec(f"{app}.classes") is None:
        return {}
    found: Mapping[str, Mapping] = getattr(import_module(f"{app}.classes"), name, {})  # type: ignore[type-arg]  # as above
    return found
