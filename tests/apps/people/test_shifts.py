import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shouwen.core.clause import Words
from shouwen.journal.models import Entry
from shouwen.people import operations
from shouwen.people.models import Line, Shift, Staff
from shouwen.people.operations import Duty
from shouwen.people.queries import off_at, on_duty, week_of
from shouwen.people.sheets import SheetFaults, template
from shouwen.people.shift_sheet import COLUMNS, read_shifts
from tests import people
from tests.apps.people.register import NOW, act
from tests.people import SHANGHAI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 5, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


def line(code="hotline", name="热线"):
    return operations.add_line(code=code, name=Words(zh=name, en=code), kind="line")


def at(day, hour):
    return MONDAY + timedelta(days=day, hours=hour)


def plan(who="wang_min", starts=(0, 8), ends=(0, 16), *, on="hotline"):
    duty = Duty(staff=people.staff(who), line=line(on), starts_at=at(*starts), ends_at=at(*ends))
    return operations.add_shift(duty=duty, act=act(), now=NOW)


def test_who_is_on_duty_counts_the_start_and_not_the_end():
    plan(starts=(0, 8), ends=(0, 16))

    found = [
        [person.name for person in on_duty(now=at(0, hour), line="hotline")]
        for hour in (7.99, 8, 15.99, 16)
    ]

    assert found == [[], ["王敏"], ["王敏"], []]


def test_a_night_shift_runs_over_midnight():
    plan(starts=(0, 20), ends=(1, 8))

    assert [p.name for p in on_duty(now=at(1, 3), line="hotline")] == ["王敏"]
    assert list(on_duty(now=at(1, 3), line="repair")) == []


def test_whoever_is_out_of_use_is_on_no_duty():
    plan()
    operations.deactivate(staff_no="1031", act=act(), now=NOW)

    assert list(on_duty(now=at(0, 9), line="hotline")) == []


def test_when_the_running_shift_of_somebody_ends():
    plan(ends=(0, 15))
    wang, lin = people.staff("wang_min"), people.staff("lin_xiao")

    assert off_at(staff=[wang, lin], now=at(0, 9)) == {wang.pk: at(0, 15)}


def test_one_person_is_in_one_place_at_a_time():
    plan(starts=(0, 8), ends=(0, 16))
    plan(starts=(0, 16), ends=(0, 20))

    with pytest.raises(operations.Overlaps):
        plan(starts=(0, 15), ends=(0, 17), on="repair")


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ((0, 8), operations.EndsBeforeItStarts),
        ((0, 7), operations.EndsBeforeItStarts),
        ((1, 9), operations.TooLong),
    ],
)
def test_a_shift_ends_after_it_starts_and_within_a_day(ends, why):
    with pytest.raises(why):
        plan(starts=(0, 8), ends=ends)


def test_the_database_itself_refuses_a_shift_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(
            id=uuid.uuid4(),
            staff=people.staff("wang_min"),
            line=line(),
            starts_at=at(0, 8),
            ends_at=at(0, 7),
        )


def test_pressing_twice_plans_once():
    duty = Duty(staff=people.staff("wang_min"), line=line(), starts_at=at(0, 8), ends_at=at(0, 9))
    twice = act()

    for _ in range(2):
        operations.add_shift(duty=duty, act=twice, now=NOW)

    assert (Shift.objects.count(), Entry.objects.filter(kind="shift.added").count()) == (1, 1)


def test_last_week_is_copied_around_what_is_planned():
    plan(starts=(0, 8), ends=(0, 16))
    plan("lin_xiao", starts=(1, 8), ends=(1, 16))
    plan("lin_xiao", starts=(8, 12), ends=(8, 20))

    added = operations.copy_last_week(monday=at(7, 0), act=act(), now=NOW)

    assert added == 1
    assert Shift.objects.filter(staff__staff_no="1031", starts_at=at(7, 8)).exists()


def test_copying_twice_with_one_act_adds_nothing_more():
    plan()
    once = act()

    for _ in range(2):
        operations.copy_last_week(monday=at(7, 0), act=once, now=NOW)

    assert Shift.objects.count() == 2


def test_a_change_and_a_removal_are_in_the_journal():
    shift = plan()
    duty = Duty(staff=shift.staff, line=shift.line, starts_at=at(0, 9), ends_at=at(0, 17))
    operations.change_shift(shift_id=shift.pk, duty=duty, act=act(), now=NOW)
    operations.remove_shift(shift_id=shift.pk, act=act(), now=NOW)

    kinds = Entry.objects.filter(subject_kind="shift").values_list("kind", flat=True)
    assert sorted(kinds) == ["shift.added", "shift.changed", "shift.removed"]
    assert not Shift.objects.exists()


def test_the_week_shows_what_reaches_into_it_from_sunday_night():
    plan(starts=(-1, 20), ends=(0, 8))

    [row] = [r for r in week_of(monday=MONDAY, limit=50) if r.staff.staff_no == "1031"]

    assert [shift.starts_at for shift in row.shifts] == [at(-1, 20)]


# --- the spreadsheet ------------------------------------------------------------------------------


def sheet(*rows, headings=("工号", "班线", "开始", "结束")):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((headings, *rows)):
            for place, value in enumerate(row):
                page.write(number, place, value)
    return file.getvalue()


def faults(*rows, **more):
    with pytest.raises(SheetFaults) as told:
        read_shifts(sheet(*rows, **more), zone=SHANGHAI)
    return [(each.row, each.problem.en) for each in told.value.faults]


def test_a_filled_template_is_read_with_local_times():
    people.staff("wang_min")
    line()

    [duty] = read_shifts(
        sheet((1031, "热线", "2026-10-05 08:00", "2026-10-05 16:00")), zone=SHANGHAI
    )

    assert (duty.staff.name, duty.line.code) == ("王敏", "hotline")
    assert duty.starts_at == datetime(2026, 10, 5, 0, 0, tzinfo=UTC)


def test_every_fault_is_named_by_row_at_once():
    people.staff("wang_min")
    line()

    told = faults(
        ("9999", "hotline", "2026-10-05 08:00", "2026-10-05 16:00"),
        ("1031", "moon", "2026-10-05 08:00", "2026-10-05 16:00"),
        ("1031", "hotline", "2026-10-05 08:00", "2026-10-05 07:00"),
        ("1031", "hotline", "morning", "2026-10-05 16:00"),
        ("1031", "", "2026-10-06 08:00", "2026-10-08 16:00"),
    )

    assert told == [
        (2, "there is no staff number 9999"),
        (3, "there is no line moon"),
        (4, "the end is not after the start"),
        (5, "morning is no moment"),
        (6, "is empty"),
        (6, "a shift of more than 24 hours"),
    ]


def test_overlaps_within_the_file_and_with_the_plan_are_found():
    plan(starts=(2, 8), ends=(2, 16))

    told = faults(
        ("1031", "hotline", "2026-10-05 08:00", "2026-10-05 16:00"),
        ("1031", "hotline", "2026-10-05 15:00", "2026-10-05 20:00"),
        ("1031", "hotline", "2026-10-07 12:00", "2026-10-07 20:00"),
    )

    assert told == [
        (3, "overlaps with row 2"),
        (4, "overlaps with a shift that is planned"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a spreadsheet", "cannot be read"), (b"", "cannot be read")],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(content, words):
    with pytest.raises(SheetFaults, match=words):
        read_shifts(content, zone=SHANGHAI)


def test_a_missing_heading_is_named():
    told = faults(("1031", "x", "y"), headings=("工号", "班线", "开始"))

    assert told == [(1, "there is no such column")]


def test_the_template_is_filled_in_where_it_says():
    people.staff("wang_min")
    line()

    with pytest.raises(SheetFaults, match="no filled row"):
        read_shifts(template(COLUMNS), zone=SHANGHAI)


# --- the page -------------------------------------------------------------------------------------


def signed_in(who="zhou_min"):
    client = Client()
    client.force_login(people.staff(who))
    return client


def sent(**fields):
    return {"act_id": str(uuid.uuid4()), "back": "/shifts/?week=2026-10-05", **fields}


@pytest.mark.parametrize(
    ("who", "status"), [("zhou_min", 200), ("chen", 200), ("wang_min", 403), ("admin", 403)]
)
def test_who_may_look_at_the_plan(who, status):
    assert signed_in(who).get(reverse("shifts")).status_code == status


@pytest.mark.parametrize("name", ["shift_add", "shifts_copy", "shifts_import"])
def test_readers_change_nothing(name):
    assert signed_in("chen").post(reverse(name), sent()).status_code == 403


def test_a_shift_is_planned_changed_and_taken_off_on_the_page():
    client = signed_in()
    people.staff("wang_min")
    line()
    times = {"starts_at": "2026-10-05T20:00", "ends_at": "2026-10-06T08:00"}

    added = client.post(reverse("shift_add"), sent(staff="1031", line="hotline", **times))
    shift = Shift.objects.get()
    week = client.get(added["Location"])
    client.post(
        reverse("shift_change", args=[shift.pk]),
        sent(staff="1031", line="hotline", starts_at="2026-10-05T21:00", ends_at=times["ends_at"]),
    )
    changed = Shift.objects.get()
    client.post(reverse("shift_remove", args=[shift.pk]), sent())

    assert "20:00–次日 08:00" in week.content.decode()
    assert changed.starts_at == at(0, 21)
    assert not Shift.objects.exists()


def test_an_overlap_is_told_on_the_form_and_what_was_typed_stays():
    plan(starts=(0, 8), ends=(0, 16))

    answer = signed_in().post(
        reverse("shift_add"),
        sent(
            staff="1031",
            line="hotline",
            starts_at="2026-10-05T10:00",
            ends_at="2026-10-05T12:00",
        ),
    )

    text = answer.content.decode()
    assert (answer.status_code, "重叠" in text, "2026-10-05T10:00" in text) == (400, True, True)


def test_an_import_plans_all_or_nothing():
    client = signed_in()
    people.staff("wang_min")
    line()
    good = ("1031", "hotline", "2026-10-05 08:00", "2026-10-05 16:00")

    def upload(*rows):
        file = SimpleUploadedFile("s.xlsx", sheet(*rows))
        return client.post(reverse("shifts_import"), sent(file=file))

    refused = upload(good, ("1", "hotline", "2026-10-06 08:00", "2026-10-06 16:00"))
    assert (refused.status_code, Shift.objects.count()) == (400, 0)
    assert "第 3 行，工号" in refused.content.decode()

    assert upload(good).status_code == 200
    assert Shift.objects.count() == 1


def test_a_week_of_many_people_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    client = signed_in()
    hotline = line()
    where = people.department("hotline")
    for number in range(60):
        person = Staff.objects.create_staff(
            staff_no=f"6{number:03}", name=f"人{number}", password=None, department=where
        )
        operations.add_shift(
            duty=Duty(staff=person, line=hotline, starts_at=at(0, 8), ends_at=at(0, 16)),
            act=act(),
            now=NOW,
        )

    with django_assert_max_num_queries(14):
        page = client.get(reverse("shifts"), {"week": "2026-10-05"}).context["page"]

    assert (len(page.rows), page.more_url != "") == (40, True)


def test_the_owner_chain_says_when_the_owner_goes_home():
    from shouwen.adapters import system_clock

    now = system_clock.now()
    case = people.case(at=now)
    _handed_over(case, now)
    duty = Duty(
        staff=people.staff("gao_yan"),
        line=line("repair", "维修"),
        starts_at=now - HOUR,
        ends_at=now + HOUR,
    )
    operations.add_shift(duty=duty, act=act(), now=now)

    page = signed_in("gao_yan").get(reverse("case", args=[case.number])).content.decode()

    assert f"{(now + HOUR).astimezone(SHANGHAI):%H:%M} 下班" in page


def _handed_over(case, now):
    from shouwen.cases import operations as cases

    offer = cases.offer_handover(
        act_id=uuid.uuid4(),
        case_id=case.pk,
        by=case.owner,
        to_staff=people.staff("gao_yan"),
        note="",
        at=now,
        now=now,
    )
    cases.accept_handover(
        act_id=uuid.uuid4(), handover_id=offer.pk, by=people.staff("gao_yan"), at=now, now=now
    )


def test_lines_are_made_of_departments_once():
    where = [people.department("hotline"), people.department("repair")]

    for _ in range(2):
        operations.ensure_lines(departments=where)

    assert list(Line.objects.values_list("code", flat=True)) == ["hotline", "repair"]
