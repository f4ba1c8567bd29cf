"""The canonical body is a promise to every chain already written: its bytes never change."""

from copy import copy
from datetime import timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.journal.bodies import COLUMNS, NotJournalable, canonical_body, canonical_data
from shouwen.journal.models import Entry
from tests.apps.journal.entries import NOON


def entry() -> Entry:
    return Entry(
        id=UUID(int=7),
        happened_at=NOON,
        recorded_at=NOON + timedelta(microseconds=5),
        source="app",
        kind="case.noted",
        subject_kind="case",
        subject_id=UUID(int=8),
        actor="2016",
        on_behalf_of="",
        workstation="坐席 3",
        data={"b": [1, 2.5, None, True], "a": "气"},
        standard_version="",
    )


def test_the_bytes_of_a_known_entry_never_change():
    assert (
        canonical_body(entry())
        == (
            "shouwen-entry-1\n"
            "id uuid 32:00000000000000000000000000000007\n"
            "happened_at time 32:2026-03-02T04:00:00.000000+00:00\n"
            "recorded_at time 32:2026-03-02T04:00:00.000005+00:00\n"
            "source text 3:app\n"
            "kind text 10:case.noted\n"
            "subject_kind text 4:case\n"
            "subject_id uuid 32:00000000000000000000000000000008\n"
            "actor text 4:2016\n"
            "on_behalf_of text 0:\n"
            "workstation text 8:坐席 3\n"
            'data json 33:{"a":"气","b":[1,2.5,null,true]}\n'
            "standard_version text 0:"
        ).encode()
    )


def test_every_column_of_the_table_is_in_the_body():
    assert set(COLUMNS) == {field.name for field in Entry._meta.concrete_fields}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_value_of_another_type_is_refused(column):
    other = copy(entry())
    setattr(other, column, b"bytes")

    with pytest.raises(NotJournalable):
        canonical_body(other)


def test_a_moment_gives_the_same_bytes_in_any_zone():
    other = copy(entry())
    other.happened_at = NOON.astimezone(timezone(timedelta(hours=8)))

    assert canonical_body(other) == canonical_body(entry())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (1.0, "1"),
        (-0.0, "0"),
        (1e3, "1000"),
        (1e-7, "0.0000001"),
        (0.1, "0.1"),
        (100, "100"),
    ],
)
def test_a_number_has_one_spelling(number, text):
    assert canonical_data({"x": number}) == f'{{"x":{text}}}'.encode()


texts = st.sampled_from(["", "a", "气", '"', "\\", "0", "1", "null"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
tables = st.dictionaries(texts, json_values, max_size=2)


@given(tables, tables)
def test_different_data_gives_different_bytes(one, other):
    assert (canonical_data(one) == canonical_data(other)) == (repr_typed(one) == repr_typed(other))


def repr_typed(value):
    """Equality that tells True from 1."""
    if isinstance(value, dict):
        return ("table", sorted((key, repr_typed(item)) for key, item in value.items()))
    if isinstance(value, list):
        return ("list", [repr_typed(item) for item in value])
    return (type(value).__name__, value)
