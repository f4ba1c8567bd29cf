"""Two records of one customer become one, and two again."""

import pytest

from shouwen.core.events import Subject
from shouwen.customers.models import CareEntry, Customer, Occupancy
from shouwen.customers.operations import (
    AlreadyUndone,
    MergedAway,
    MergedFurther,
    NewCare,
    SameRecord,
    correct_customer,
    merge,
    move_in,
    register_care,
    unmerge,
)
from shouwen.customers.queries import (
    customers_by_number,
    identities,
    likely_same,
    search,
    whole_customer,
)
from shouwen.journal.queries import events_of
from tests.apps.customers.registers import TODAY, act, customer, living, premises

pytestmark = pytest.mark.django_db


def care(of: Customer) -> None:
    new = NewCare(kind="elderly", needs="说话慢一点", consented_on=TODAY, how="hall")
    register_care(act=act(), customer_id=of.pk, new=new, today=TODAY, review_months=12)


def told(of: Customer) -> list[tuple[str, dict[str, object]]]:
    events = events_of(subject=Subject("customer", of.pk))
    return [(event.kind, dict(event.data)) for event in events]


def pair() -> tuple[Customer, Customer]:
    home, other = premises("青梧里", "3", "1", "502"), premises("松鹤新村", "1", "1", "101")
    kept = living("王文秀", home, phones=("14077002093",))
    merged = living("王文秀", home, phones=("14077002093", "14077004093"))
    move_in(act=act(), customer_id=merged.pk, premises_id=other.pk, relation="owner", since=TODAY)
    care(merged)
    return kept, merged


def test_a_merge_brings_homes_numbers_and_care_over_and_is_found_once():
    kept, merged = pair()

    merge(act=act(), kept_id=kept.pk, merged_id=merged.pk)

    kept.refresh_from_db()
    rows = search(text="14077002093").rows
    assert {row.customer_id for row in rows} == {kept.pk}
    assert sorted(row.premises.short_address for row in rows if row.premises) == [
        "松鹤新村 1-1-101",
        "青梧里 3-1-502",
    ]
    assert [match.customer for match in customers_by_number(number="14077004093")] == [kept]
    assert kept.special_care == "elderly"
    assert identities(customer_id=kept.pk) == [kept.pk, merged.pk]
    assert whole_customer(customer_id=merged.pk) is None


def test_undoing_a_merge_restores_both_records():
    kept, merged = pair()
    before = _state()

    done = merge(act=act(), kept_id=kept.pk, merged_id=merged.pk)
    assert done is not None
    unmerge(act=act(), merge_id=done.pk)

    assert _state() == before
    assert len(search(text="14077002093").rows) == 3
    with pytest.raises(AlreadyUndone):
        unmerge(act=act(), merge_id=done.pk)


def test_merges_are_undone_in_the_reverse_order():
    kept, merged = pair()
    third = customer("王文秀")
    first = merge(act=act(), kept_id=kept.pk, merged_id=merged.pk)
    second = merge(act=act(), kept_id=third.pk, merged_id=kept.pk)
    assert first is not None
    assert second is not None

    with pytest.raises(MergedFurther):
        unmerge(act=act(), merge_id=first.pk)
    unmerge(act=act(), merge_id=second.pk)
    unmerge(act=act(), merge_id=first.pk)

    assert Customer.objects.filter(merged_into__isnull=False).count() == 0


def test_a_record_is_not_merged_into_itself_or_twice():
    kept, merged = pair()

    with pytest.raises(SameRecord):
        merge(act=act(), kept_id=kept.pk, merged_id=kept.pk)
    merge(act=act(), kept_id=kept.pk, merged_id=merged.pk)
    with pytest.raises(MergedAway):
        merge(act=act(), kept_id=customer("李四").pk, merged_id=merged.pk)
    with pytest.raises(MergedAway):
        correct_customer(act=act(), customer_id=merged.pk, fields={"name": "王"})


def test_records_with_the_same_number_or_name_and_home_look_alike():
    kept, merged = pair()
    customer("王文秀")
    found = whole_customer(customer_id=kept.pk)
    assert found is not None

    assert likely_same(customer=found) == [merged]


def _state() -> tuple[object, ...]:
    return (
        sorted(Occupancy.objects.values_list("customer", "premises", "since", "until"), key=str),
        sorted(CareEntry.objects.values_list("customer", "kind"), key=str),
        sorted(Customer.objects.values_list("pk", "special_care", "merged_into"), key=str),
    )


def test_nothing_in_the_journal_names_a_person_or_a_place():
    kept, merged = pair()
    merge(act=act(), kept_id=kept.pk, merged_id=merged.pk)
    unmerge(act=act(), merge_id=kept.merges.get().pk)

    text = str([told(kept), told(merged)])

    assert not any(word in text for word in ("王", "文秀", "1407700", "青梧", "松鹤", "慢"))
