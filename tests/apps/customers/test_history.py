"""Homes, attributes, care and merges over time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shouwen.clocks.queries import active_pack
from shouwen.core.events import Subject
from shouwen.customers.models import Appliance, Attribute, CareEntry, Customer, Meter
from shouwen.customers.operations import (
    AccountTaken,
    AliasTaken,
    AlreadyLeft,
    AlreadyRegistered,
    AlreadyThere,
    EntryEnded,
    LeftBeforeCame,
    MeterElsewhere,
    NewCare,
    NoConsentYet,
    NotANumber,
    NotInPlace,
    correct_customer,
    end_care,
    install_appliance,
    install_meter,
    move_in,
    move_out,
    open_point,
    register_care,
    remove_appliance,
    remove_meter,
    review_care,
    set_aliases,
    set_attribute,
)
from shouwen.customers.queries import (
    attribute_on,
    care_due,
    class_on,
    review_months,
    search,
)
from shouwen.jobs.operations import claim, run
from shouwen.journal.queries import events_of
from tests.apps.customers.registers import NOW, SHANGHAI, TODAY, act, customer, living, premises

pytestmark = pytest.mark.django_db


def told(of: Customer) -> list[tuple[str, dict[str, object]]]:
    events = events_of(subject=Subject("customer", of.pk))
    return [(event.kind, dict(event.data)) for event in events]


def care(of: Customer, *, kind: str = "elderly", on: date = TODAY) -> CareEntry:
    new = NewCare(kind=kind, needs="说话慢一点", consented_on=on, how="hall")
    entry = register_care(act=act(), customer_id=of.pk, new=new, today=TODAY, review_months=12)
    assert entry is not None
    return entry


# --- correcting -----------------------------------------------------------------------------------


def test_a_correction_journals_the_names_of_the_fields_and_nothing_else():
    person = customer("王文秀", phones=("14077002093",))

    changed = correct_customer(
        act=act(),
        customer_id=person.pk,
        fields={"name": "王文绣", "surname": "王", "title": "女士"},
        phones=["140-7700-2094"],
    )

    assert changed == ("name", "phones")
    assert ("customer.corrected", {"fields": "name,phones"}) in told(person)
    assert [row.customer.name for row in search(text="2094").rows] == ["王文绣"]
    assert search(text="2093").rows == ()


def test_a_correction_that_changes_nothing_leaves_no_trace():
    person = customer("王文秀")

    assert correct_customer(act=act(), customer_id=person.pk, fields={"name": "王文秀"}) == ()
    assert [kind for kind, _ in told(person)] == ["customer.registered"]


def test_the_same_act_twice_is_one_act():
    person, once = customer("王文秀"), act()

    for _ in range(2):
        correct_customer(act=once, customer_id=person.pk, fields={"name": "王秀"})

    assert len(told(person)) == 2


@pytest.mark.parametrize("number", ["123", "abc", "1" * 13])
def test_what_is_no_number_is_refused(number):
    person = customer("王文秀")

    with pytest.raises(NotANumber):
        correct_customer(act=act(), customer_id=person.pk, fields={}, phones=[number])


# --- moving ---------------------------------------------------------------------------------------


def test_moving_out_and_in_again_keeps_both_stays():
    home = premises("青梧里", "3", "1", "502")
    person = living("王文秀", home)
    move_out(act=act(), occupancy_id=person.occupancies.get().pk, until=date(2024, 1, 1))

    move_in(
        act=act(),
        customer_id=person.pk,
        premises_id=home.pk,
        relation="tenant",
        since=date(2025, 1, 1),
    )

    stays = person.occupancies.order_by("since").values_list("since", "until")
    assert list(stays) == [(date(2020, 1, 1), date(2024, 1, 1)), (date(2025, 1, 1), None)]


def test_nobody_moves_in_twice_or_out_before_coming():
    home = premises("青梧里", "3", "1", "502")
    person = living("王文秀", home)
    stay = person.occupancies.get()

    with pytest.raises(AlreadyThere):
        move_in(
            act=act(), customer_id=person.pk, premises_id=home.pk, relation="owner", since=TODAY
        )
    with pytest.raises(LeftBeforeCame):
        move_out(act=act(), occupancy_id=stay.pk, until=stay.since)
    move_out(act=act(), occupancy_id=stay.pk, until=TODAY)
    with pytest.raises(AlreadyLeft):
        move_out(act=act(), occupancy_id=stay.pk, until=TODAY)


# --- attributes -----------------------------------------------------------------------------------


def test_a_class_counts_from_its_day():
    home = premises("青梧里", "3", "1", "502")
    change = date(2026, 10, 20)

    set_attribute(
        act=act(),
        premises_id=home.pk,
        name="customer_class",
        value="commercial",
        since=change,
        zone=SHANGHAI,
    )

    home.refresh_from_db()
    assert home.customer_class == "residential"
    assert class_on(premises=home, day=change - timedelta(days=1)) == "residential"
    assert class_on(premises=home, day=change) == "commercial"
    assert class_on(premises=home, day=date(2001, 1, 1)) == "residential"


def test_a_class_told_ahead_comes_into_force_at_the_start_of_its_day():
    home = premises("青梧里", "3", "1", "502")
    change = date(2026, 10, 20)
    begins = datetime(2026, 10, 19, 16, tzinfo=UTC)
    set_attribute(
        act=act(),
        premises_id=home.pk,
        name="customer_class",
        value="commercial",
        since=change,
        zone=SHANGHAI,
    )

    too_early = claim(now=begins - timedelta(seconds=1))
    job = claim(now=begins)
    assert job is not None
    run(claimed=job, now=begins)

    home.refresh_from_db()
    assert too_early is None
    assert home.customer_class == "commercial"


def test_a_class_told_late_corrects_the_history_and_today():
    home = premises("青梧里", "3", "1", "502")
    Attribute.objects.update(since=date(2020, 1, 1))

    set_attribute(
        act=act(),
        premises_id=home.pk,
        name="customer_class",
        value="heating",
        since=date(2026, 1, 1),
        zone=SHANGHAI,
    )

    home.refresh_from_db()
    assert home.customer_class == "heating"
    assert class_on(premises=home, day=date(2025, 12, 31)) == "residential"


def test_an_attribute_nobody_told_is_not_guessed():
    assert (
        attribute_on(premises=premises("青梧里", "3", "1", "502"), name="zone", day=TODAY) is None
    )


# --- meters, appliances, accounts, estates ----------------------------------------------------------


def test_a_meter_is_in_one_place_at_a_time():
    home, other = premises("青梧里", "3", "1", "502"), premises("青梧里", "3", "1", "503")
    day = date(2026, 1, 1)
    install_meter(act=act(), premises_id=home.pk, serial="M1", kind="remote", on=day)

    with pytest.raises(MeterElsewhere):
        install_meter(act=act(), premises_id=other.pk, serial="M1", kind="remote", on=day)
    meter = Meter.objects.get()
    with pytest.raises(NotInPlace):
        remove_meter(act=act(), meter_id=meter.pk, on=day)
    remove_meter(act=act(), meter_id=meter.pk, on=TODAY)
    install_meter(act=act(), premises_id=other.pk, serial="M1", kind="remote", on=TODAY)

    assert Meter.objects.count() == 2


def test_an_appliance_is_removed_once():
    home = premises("青梧里", "3", "1", "502")
    install_appliance(act=act(), premises_id=home.pk, kind="boiler", make="", on=date(2020, 1, 1))
    boiler = Appliance.objects.get()
    remove_appliance(act=act(), appliance_id=boiler.pk, on=TODAY)

    with pytest.raises(NotInPlace):
        remove_appliance(act=act(), appliance_id=boiler.pk, on=TODAY)


def test_premises_have_one_account_and_an_account_one_premises():
    home, other = premises("青梧里", "3", "1", "502"), premises("青梧里", "3", "1", "503")
    open_point(act=act(), premises_id=home.pk, account_no="hb0001", since=TODAY)

    with pytest.raises(AccountTaken):
        open_point(act=act(), premises_id=home.pk, account_no="HB0002", since=TODAY)
    with pytest.raises(AccountTaken):
        open_point(act=act(), premises_id=other.pk, account_no="HB0001", since=TODAY)


def test_two_estates_do_not_go_by_one_name():
    one = premises("青梧里", "3", "1", "502").estate
    premises("松鹤新村", "3", "1", "502")

    with pytest.raises(AliasTaken):
        set_aliases(act=act(), estate_id=one.pk, aliases=["松鹤新村"])


# --- special care -----------------------------------------------------------------------------------


def test_an_entry_needs_consent_and_is_reviewed_as_the_standard_says():
    person = customer("王文秀")
    months = review_months(pack=active_pack(), day=TODAY)

    with pytest.raises(NoConsentYet):
        care(person, on=TODAY + timedelta(days=1))
    entry = care(person)
    with pytest.raises(AlreadyRegistered):
        care(person)

    person.refresh_from_db()
    assert months == 12
    assert person.special_care == "elderly"
    assert entry.review_on == date(2027, 10, 9)
    said = {"kind": "elderly", "consent": "2026-10-09", "review_on": "2027-10-09", "missing": ""}
    assert ("care.registered", said) in told(person)


def test_a_review_moves_the_next_one_and_the_end_takes_the_flag_away():
    person = customer("王文秀")
    entry, later = care(person), date(2027, 9, 1)

    review_care(act=act(), entry_id=entry.pk, today=later, review_months=12)
    due = [(each.customer.name, each.review_on) for each in care_due(limit=10)]
    end_care(act=act(), entry_id=entry.pk, today=later)

    person.refresh_from_db()
    assert due == [("王文秀", date(2028, 9, 1))]
    assert person.special_care == ""
    assert care_due(limit=10) == []
    with pytest.raises(EntryEnded):
        review_care(act=act(), entry_id=entry.pk, today=later, review_months=12)


def test_the_flag_shows_what_is_left_when_one_of_two_entries_ends():
    person = customer("王文秀")
    care(person, kind="elderly")
    ill = care(person, kind="ill")

    end_care(act=act(), entry_id=ill.pk, today=TODAY)

    person.refresh_from_db()
    assert person.special_care == "elderly"


def test_the_times_of_acts_are_those_of_the_act():
    person = customer("王文秀")

    assert [event.at for event in events_of(subject=Subject("customer", person.pk))] == [NOW]
