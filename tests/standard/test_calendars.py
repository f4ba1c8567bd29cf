"""The calendar file: what it must look like and what is said when it does not."""

from datetime import date, time
from pathlib import Path

import pytest

from shouwen.core.timing.calendar import Window, WorkingCalendar
from shouwen.standard.calendars import load_calendar
from shouwen.standard.faults import Fault, PackFaults

SHIPPED = Path(__file__).parents[2] / "standard" / "calendar" / "cn.toml"
GOOD = """
name = "测试日历"
version = "test-1"
zone = "Asia/Shanghai"

[[year]]
year = 2026
source = { title = "通知", number = "国办发明电〔2025〕7号", issued_on = 2025-11-04 }
holiday = [
  { name = "元旦", from = 2026-01-01, to = 2026-01-03, makeup = [2026-01-04] },
  { name = "清明节", from = 2026-04-04, to = 2026-04-06 },
]
"""


def load(folder: Path, text: str) -> WorkingCalendar:
    path = folder / "cn.toml"
    path.write_text(text, encoding="utf-8")
    return load_calendar(path)


def faults_of(folder: Path, text: str) -> tuple[Fault, ...]:
    with pytest.raises(PackFaults) as refusal:
        load(folder, text)
    return refusal.value.faults


def test_the_shipped_file_knows_2023_to_2026_and_names_a_notice_for_each():
    calendar = load_calendar(SHIPPED)

    assert sorted(calendar.years) == [2023, 2024, 2025, 2026]
    assert calendar.years[2026].source == (
        "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025-11-04）"
    )
    for year, days in calendar.years.items():
        assert f"关于{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕" in days.source
        assert {day.year for day in [*days.holidays, *days.makeup]} == {year}


def test_a_good_file_becomes_a_calendar(tmp_path):
    calendar = load(tmp_path, GOOD)

    assert (calendar.name, calendar.version, str(calendar.zone)) == (
        "测试日历",
        "test-1",
        "Asia/Shanghai",
    )
    assert calendar.day_name(date(2026, 1, 2)) == "元旦"
    assert calendar.years[2026].makeup == {date(2026, 1, 4): "元旦"}


def test_the_organisations_hours_and_own_days_go_into_the_calendar():
    hours = (Window(time(9), time(16)),)

    calendar = load_calendar(SHIPPED, week={0: hours}, special={date(2026, 3, 9): ()})

    assert calendar.windows(date(2026, 3, 2)) == hours
    assert not calendar.is_working_day(date(2026, 3, 9))
    assert not calendar.is_working_day(date(2026, 3, 10))


@pytest.mark.parametrize(
    ("old", "new", "path", "remedy"),
    [
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Taian"', "zone", "Asia/Shanghai"),
        ('zone = "Asia/Shanghai"', "", "zone", "add it: text"),
        ('version = "test-1"', "version = 1", "version", "make it text"),
        ('version = "test-1"', 'version = ""', "version", "make it text"),
        ('version = "test-1"', 'version = "1"\nvresion = "1"', "vresion", "did you mean version?"),
        ("year = 2026", "year = true", "year.0.year", "make it a whole number"),
        (", issued_on = 2025-11-04", "", "year.0.source.issued_on", "add it: a date"),
        ("from = 2026-01-01", 'from = "1月1日"', "year.0.holiday.0.from", "make it a date"),
        ("to = 2026-01-03", "too = 2026-01-03", "year.0.holiday.0.too", "did you mean to?"),
        ("to = 2026-04-06", "to = 2026-04-03", "year.0.holiday.1.to", "swap or correct"),
        ("to = 2026-01-03", "to = 2026-01-04", "year.0.holiday.0.makeup.0", "once"),
        ("[2026-01-04]", "[2026-01-05]", "year.0.holiday.0.makeup.0", "weekend"),
        ("[2026-01-04]", "[2027-01-02]", "year.0.holiday.0.makeup.0", "its own year"),
        ("[2026-01-04]", "[4]", "year.0.holiday.0.makeup.0", "make it a date"),
        ("[2026-01-04]", "[2026-01-04T08:00:00]", "year.0.holiday.0.makeup.0", "make it a date"),
        ("from = 2026-04-04", "from = 2026-01-03", "year.0.holiday.1", "once"),
    ],
)
def test_a_fault_is_named_with_file_place_and_remedy_in_both_languages(
    tmp_path, old, new, path, remedy
):
    faults = faults_of(tmp_path, GOOD.replace(old, new, 1))

    fault = next(fault for fault in faults if fault.path == path)
    assert fault.file == str(tmp_path / "cn.toml")
    assert remedy in fault.remedy.en
    assert all((fault.problem.zh, fault.problem.en, fault.remedy.zh))


def test_all_faults_are_named_at_once(tmp_path):
    text = GOOD.replace("Asia/Shanghai", "Mars").replace("2026-01-04", "2026-01-05")

    faults = faults_of(tmp_path, text.replace('name = "清明节", ', ""))

    assert [fault.path for fault in faults] == [
        "zone",
        "year.0.holiday.0.makeup.0",
        "year.0.holiday.1.name",
    ]


def test_a_year_written_twice_is_a_fault(tmp_path):
    year = GOOD[GOOD.index("[[year]]") :]

    faults = faults_of(tmp_path, GOOD + year)

    assert [fault.path for fault in faults] == ["year.1.year"]


@pytest.mark.parametrize(("text", "says"), [("year = [", "not TOML"), ("", "missing")])
def test_a_file_that_is_no_calendar_is_a_fault(tmp_path, text, says):
    assert says in faults_of(tmp_path, text)[0].problem.en


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(PackFaults, match="no such file"):
        load_calendar(tmp_path / "cn.toml")
